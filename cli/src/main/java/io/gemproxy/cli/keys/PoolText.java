package io.gemproxy.cli.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import io.gemproxy.cli.output.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The pool as an operator reads it: what is wrong first, and below it what to do. */
final class PoolText {
    /** What is worst comes first. */
    private static final List<String> ORDER =
            List.of("Invalid", "Unhealthy", "Disabled", "RateLimited", "Healthy");

    private static final int MOST_NAMES = 8;

    private final Moments moments;

    PoolText(Moments moments) {
        this.moments = moments;
    }

    List<String> lines(JsonNode keys) {
        List<JsonNode> sorted =
                StreamSupport.stream(keys.spliterator(), false)
                        .sorted(Comparator.comparingInt(PoolText::rank))
                        .toList();
        List<String> lines = new ArrayList<>();
        lines.add(summary(sorted));
        lines.add("");
        lines.addAll(table(sorted).lines());
        section("What to do:", advice(sorted.stream().filter(PoolText::needsHelp).toList()), lines);
        section(
                "Will serve again by themselves:",
                advice(sorted.stream().filter(PoolText::comesBack).toList()),
                lines);
        section(
                "Taken out by an operator:",
                advice(sorted.stream().filter(PoolText::onPurpose).toList()),
                lines);
        section("Good to know:", warnings(sorted), lines);
        return lines;
    }

    private static int rank(JsonNode key) {
        int known = ORDER.indexOf(state(key));
        return known < 0 ? 0 : known;
    }

    private static String state(JsonNode key) {
        return key.path("state").asText();
    }

    private static boolean isHealthy(JsonNode key) {
        return state(key).equals("Healthy");
    }

    private static boolean comesBack(JsonNode key) {
        return !isHealthy(key) && !needsHelp(key) && !onPurpose(key);
    }

    private static boolean needsHelp(JsonNode key) {
        return key.path("needs_operator").asBoolean();
    }

    private static boolean onPurpose(JsonNode key) {
        return key.path("reason").asText("").equals("disabled_by_operator");
    }

    private static String summary(List<JsonNode> keys) {
        Map<String, Integer> counts = new TreeMap<>(Comparator.comparingInt(ORDER::indexOf));
        keys.forEach(key -> counts.merge(state(key), 1, Integer::sum));
        long help = keys.stream().filter(PoolText::needsHelp).count();
        String states =
                counts.entrySet().stream()
                        .map(state -> state.getValue() + " " + Printer.plain(state.getKey()))
                        .collect(Collectors.joining(", "));
        return Humane.count(keys.size(), "key")
                + (states.isEmpty() ? "" : ": " + states)
                + (help == 0
                        ? ". Nothing to do."
                        : ". " + help + (help == 1 ? " needs you." : " need you."));
    }

    private TextTable table(List<JsonNode> keys) {
        TextTable table =
                TextTable.headed(
                        "KEY",
                        "STATE",
                        "FOR",
                        "BACK",
                        "REASON",
                        "HEALTH",
                        "HEADROOM",
                        "RPM",
                        "TODAY",
                        "FAILED",
                        "PROJECT");
        for (JsonNode key : keys) {
            table.row(
                    key.path("id").asText(),
                    state(key),
                    moments.lasting(key.path("since")),
                    needsHelp(key) ? "" : moments.distance(key.path("until")),
                    key.path("reason").asText(""),
                    percent(key.path("health")),
                    headroom(key),
                    perMinute(key),
                    key.path("today").path("requests").asText("0"),
                    key.path("failures").asText("0") + "/" + key.path("requests").asText("0"),
                    key.path("project").asText());
        }
        return table;
    }

    /** Of the model with the least. */
    private static String headroom(JsonNode key) {
        JsonNode scarcest = null;
        for (JsonNode model : key.path("models")) {
            JsonNode left = model.path("headroom");
            if (left.isNumber() && (scarcest == null || left.asDouble() < scarcest.asDouble())) {
                scarcest = left;
            }
        }
        return scarcest == null ? "" : percent(scarcest);
    }

    static String percent(JsonNode share) {
        return String.format(Locale.ROOT, "%.0f %%", Math.floor(share.asDouble() * 100));
    }

    static String perMinute(JsonNode key) {
        JsonNode limit = key.path("requests_per_minute_limit");
        String now = key.path("requests_last_minute").asText();
        return limit.isNumber() ? now + "/" + limit.asText() : now;
    }

    /** One entry for all keys with the same reason and the same thing to do. */
    private List<List<String>> advice(List<JsonNode> keys) {
        Map<List<String>, List<JsonNode>> groups = new LinkedHashMap<>();
        for (JsonNode key : keys) {
            List<String> same =
                    List.of(
                            key.path("reason").asText(state(key)),
                            key.path("next_step").asText("See gemproxy-cli keys show."));
            groups.computeIfAbsent(same, _ -> new ArrayList<>()).add(key);
        }
        return groups.entrySet().stream()
                .map(group -> advice(group.getKey(), group.getValue()))
                .toList();
    }

    private List<String> advice(List<String> same, List<JsonNode> keys) {
        List<String> entry = new ArrayList<>();
        entry.add(names(keys) + ": " + same.getFirst());
        if (keys.size() == 1) {
            said(keys.getFirst(), entry);
            resting(keys.getFirst(), entry);
        }
        entry.add("  " + same.getLast());
        return entry;
    }

    /** Where the last error says more than the reason. */
    private void said(JsonNode key, List<String> entry) {
        JsonNode error = key.path("last_error");
        if (error.isObject() && !error.path("reason").equals(key.path("reason"))) {
            entry.add(
                    "  Last error "
                            + moments.distance(error.path("at"))
                            + ": "
                            + error.path("reason").asText());
        }
    }

    private void resting(JsonNode key, List<String> entry) {
        for (JsonNode model : key.path("models")) {
            if (model.path("reason").isTextual()) {
                String back = moments.distance(model.path("until"));
                entry.add(
                        "  "
                                + model.path("model").asText()
                                + " "
                                + (back.isEmpty() ? "rests" : "back " + back)
                                + " ("
                                + model.path("reason").asText()
                                + ")");
            }
        }
    }

    private static List<List<String>> warnings(List<JsonNode> keys) {
        List<List<String>> entries = new ArrayList<>();
        for (JsonNode key : keys) {
            String id = key.path("id").asText();
            key.path("warnings").forEach(it -> entries.add(List.of(id + ": " + it.asText())));
            shared(key).ifPresent(it -> entries.add(List.of(id + ": " + it)));
        }
        return entries;
    }

    /** What is suspected of the key's project. */
    static Optional<String> shared(JsonNode key) {
        List<String> others = new ArrayList<>();
        key.path("shares_project_with").forEach(project -> others.add(project.asText()));
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Its project "
                                + key.path("project").asText()
                                + " seems to be the same at Google as "
                                + String.join(", ", others)
                                + ", with one quota for all; if so, configure them as one project.");
    }

    private static String names(List<JsonNode> keys) {
        String named =
                keys.stream()
                        .limit(MOST_NAMES)
                        .map(key -> key.path("id").asText())
                        .collect(Collectors.joining(", "));
        int more = keys.size() - MOST_NAMES;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    private static void section(String title, List<List<String>> entries, List<String> lines) {
        if (!entries.isEmpty()) {
            lines.add("");
            lines.add(title);
            entries.forEach(entry -> entry.forEach(line -> lines.add("  " + Printer.plain(line))));
        }
    }
}
