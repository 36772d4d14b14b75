package io.gemproxy.cli.explain;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.Printer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The story of one request: what the pool answered and what came of each try, in order. */
final class RequestText {
    private RequestText() {}

    static List<String> lines(JsonNode request) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(request));
        lines.add(end(request));
        JsonNode attempts = request.path("attempts");
        int attempt = 0;
        for (JsonNode lending : request.path("lendings")) {
            lines.add("");
            if (lending.path("waited_ms").asDouble() > 0) {
                lines.add("waited " + fine(lending.path("waited_ms")) + " before the retry");
            }
            lines.add(answer(lending));
            lending.path("skipped").forEach(skipped -> lines.add(skipped(skipped)));
            more(lending.path("more_skipped")).ifPresent(lines::add);
            if (lending.path("lent").isTextual() && attempt < attempts.size()) {
                lines.add(came(attempts.get(attempt++)));
            }
        }
        return lines.stream().map(Printer::plain).toList();
    }

    private static String headline(JsonNode request) {
        return request.path("request_id").asText()
                + ": "
                + request.path("operation").asText()
                + (request.path("model").isTextual() ? " of " + request.path("model").asText() : "")
                + (request.path("client").isTextual()
                        ? " for " + request.path("client").asText()
                        : "")
                + ", "
                + request.path("started_at").asText();
    }

    private static String end(JsonNode request) {
        int status = request.path("status").asInt();
        JsonNode reason = request.path("error_reason");
        return request.path("result").asText()
                + (status == 0 ? ", no answer" : ", " + status)
                + (reason.isTextual() ? " (" + reason.asText() + ")" : "")
                + " after "
                + span(request.path("duration_ms"))
                + ", "
                + fine(request.path("overhead_ms"))
                + " of it the proxy's own";
    }

    private static String answer(JsonNode lending) {
        StringBuilder line = new StringBuilder("+" + span(lending.path("after_ms")) + "  ");
        if (lending.path("lent").isTextual()) {
            line.append("took ").append(lending.path("lent").asText());
        } else {
            line.append("no key: ").append(lending.path("refusal").asText());
            JsonNode wait = lending.path("retry_after_ms");
            line.append(
                    wait.isNumber() ? ", one opens in " + span(wait) : ", none opens by itself");
        }
        line.append(", of ").append(Humane.count(lending.path("candidates").asLong(), "key"));
        if (lending.path("only_key").isTextual()) {
            line.append(", bound to key ").append(lending.path("only_key").asText());
        } else if (lending.path("project").isTextual()) {
            line.append(", bound to project ").append(lending.path("project").asText());
        }
        return line.toString();
    }

    private static String skipped(JsonNode key) {
        return "  skipped "
                + key.path("key_id").asText()
                + ": "
                + key.path("reason").asText()
                + (key.path("until").isTextual() ? " until " + key.path("until").asText() : "");
    }

    private static Optional<String> more(JsonNode counts) {
        List<String> reasons = new ArrayList<>();
        long all = 0;
        for (JsonNode count : counts) {
            all += count.path("keys").asLong();
            reasons.add(count.path("keys").asText() + " " + count.path("reason").asText());
        }
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of("  skipped " + all + " more: " + String.join(", ", reasons));
    }

    private static String came(JsonNode attempt) {
        return "  "
                + attempt.path("key_id").asText()
                + " of project "
                + attempt.path("project").asText()
                + ": "
                + attempt.path("reason").asText()
                + " after "
                + span(attempt.path("took_ms"));
    }

    private static String span(JsonNode millis) {
        return Humane.span(Duration.ofNanos((long) (millis.asDouble() * 1_000_000)));
    }

    private static String fine(JsonNode millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis.asDouble());
    }
}
