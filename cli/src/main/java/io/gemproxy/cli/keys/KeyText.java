package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One key with all that is known of it. */
final class KeyText {
    private final Moments moments;

    KeyText(Moments moments) {
        this.moments = moments;
    }

    List<String> lines(JsonNode key) {
        List<String> lines = new ArrayList<>(facts(key).lines());
        if (!key.path("models").isEmpty()) {
            lines.add("");
            lines.addAll(models(key.path("models")).lines());
        }
        return lines;
    }

    private TextTable facts(JsonNode key) {
        TextTable table = new TextTable().row("KEY", key.path("id").asText());
        table.row("STATE", state(key));
        optional(table, "REASON", key.path("reason"));
        optional(table, "WHAT TO DO", key.path("next_step"));
        JsonNode error = key.path("last_error");
        if (error.isObject()) {
            table.row(
                    "LAST ERROR",
                    moments.distance(error.path("at")) + ", " + error.path("reason").asText());
        }
        if (error.path("status").isTextual()) {
            table.row("GOOGLE SAID", Printer.plain(said(error)));
        }
        JsonNode breaker = key.path("breaker");
        table.row(
                "HEALTH",
                PoolText.percent(key.path("health"))
                        + ", circuit breaker "
                        + breaker.path("state").asText().replace('_', '-')
                        + ", opened "
                        + breaker.path("trips").asText()
                        + " times");
        table.row(
                "USE",
                key.path("in_flight").asText()
                        + " running, "
                        + PoolText.perMinute(key)
                        + " in the last minute, "
                        + key.path("requests").asText()
                        + " since the start, "
                        + key.path("failures").asText()
                        + " of them failed");
        JsonNode today = key.path("today");
        table.row(
                "TODAY",
                today.path("requests").asText()
                        + " requests, "
                        + today.path("input_tokens").asText()
                        + " input tokens of its project (the day "
                        + today.path("day").asText()
                        + " of Los Angeles)");
        table.row("PROJECT", project(key)).row("WEIGHT", weight(key));
        optional(table, "LAST DAY", key.path("expires_at"));
        key.path("warnings").forEach(warning -> table.row("WARNING", warning.asText()));
        PoolText.shared(key).ifPresent(shared -> table.row("WARNING", shared));
        return table;
    }

    private String state(JsonNode key) {
        String back = moments.distance(key.path("until"));
        return key.path("state").asText()
                + " for "
                + moments.lasting(key.path("since"))
                + (back.isEmpty()
                        ? ""
                        : (key.path("needs_operator").asBoolean()
                                        ? ", looked at again "
                                        : ", back ")
                                + back);
    }

    private static String said(JsonNode error) {
        String message = error.path("message").asText("");
        return error.path("status").asText() + (message.isEmpty() ? "" : ": " + message);
    }

    private static String project(JsonNode key) {
        List<String> about = new ArrayList<>();
        if (key.path("billing_account").isTextual()) {
            about.add("billed to " + key.path("billing_account").asText());
        }
        if (key.path("tier").isTextual()) {
            about.add(key.path("tier").asText());
        }
        return key.path("project").asText()
                + (about.isEmpty() ? "" : " (" + String.join(", ", about) + ")");
    }

    private static String weight(JsonNode key) {
        boolean whole = key.path("share").asDouble(1.0) >= 1.0;
        return key.path("weight").asText()
                + (whole
                        ? ""
                        : ", "
                                + PoolText.percent(key.path("share"))
                                + " of it while it comes back");
    }

    private static void optional(TextTable table, String name, JsonNode value) {
        if (value.isTextual()) {
            table.row(name, value.asText());
        }
    }

    private TextTable models(JsonNode models) {
        TextTable table =
                TextTable.headed(
                        "MODEL",
                        "HEALTH",
                        "LATENCY",
                        "HEADROOM",
                        "PER MINUTE",
                        "TOKENS/MIN",
                        "PER DAY",
                        "$/10 MIN",
                        "BACK",
                        "REASON");
        for (JsonNode model : models) {
            table.row(
                    model.path("model").asText(),
                    PoolText.percent(model.path("health")),
                    latency(model.path("latency_ms")),
                    model.path("headroom").isNumber()
                            ? PoolText.percent(model.path("headroom"))
                            : "",
                    limit(model, "requests_per_minute"),
                    limit(model, "input_tokens_per_minute"),
                    limit(model, "requests_per_day"),
                    dollars(model),
                    moments.distance(model.path("until")),
                    Printer.plain(model.path("reason").asText("")));
        }
        return table;
    }

    private static String latency(JsonNode millis) {
        return millis.isNumber() ? String.format(Locale.ROOT, "%.0f ms", millis.asDouble()) : "";
    }

    private static String dollars(JsonNode model) {
        for (JsonNode limit : model.path("limits")) {
            if (limit.path("kind").asText().equals("microdollars_per_ten_minutes")) {
                String used = usd(limit.path("used"));
                return limit.path("limit").isNumber()
                        ? used + "/" + usd(limit.path("limit"))
                        : used;
            }
        }
        return "";
    }

    private static String usd(JsonNode micros) {
        return String.format(Locale.ROOT, "%.4f", micros.asLong() / 1_000_000.0);
    }

    /** {@code used/limit}, or what is used where no limit is known. */
    private static String limit(JsonNode model, String kind) {
        for (JsonNode limit : model.path("limits")) {
            if (limit.path("kind").asText().equals(kind)) {
                String used = limit.path("used").asText();
                JsonNode most = limit.path("limit");
                return most.isNumber() ? used + "/" + most.asText() : used;
            }
        }
        return "";
    }
}
