package io.gemproxy.cli.usage;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.cli.output.Humane;
import io.gemproxy.cli.output.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report of {@code /api/usage} as a table with its total below. */
final class UsageText {
    private static final int SHOWN = 6;

    private UsageText() {}

    static List<String> lines(JsonNode usage) {
        List<String> by = new ArrayList<>();
        usage.path("by").forEach(word -> by.add(word.asText()));
        List<String> heading = new ArrayList<>();
        by.forEach(word -> heading.add(word.toUpperCase(Locale.ROOT)));
        heading.addAll(List.of("REQUESTS", "INPUT", "CACHED", "OUTPUT", "USD"));
        TextTable table = TextTable.headed(heading.toArray(String[]::new));
        for (JsonNode row : usage.path("rows")) {
            table.row(row(by, row));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(total(usage));
        marks(usage.path("total")).forEach(lines::add);
        if (usage.path("truncated").asBoolean()) {
            lines.add("There are more rows than are shown; ask for fewer days or dimensions.");
        }
        return lines;
    }

    private static String[] row(List<String> by, JsonNode row) {
        List<String> cells = new ArrayList<>();
        by.forEach(word -> cells.add(row.path(word).asText()));
        JsonNode tokens = row.path("tokens");
        cells.add(row.path("requests").asText());
        cells.add(Long.toString(input(tokens)));
        cells.add(tokens.path("cached").asText());
        cells.add(Long.toString(output(tokens)));
        cells.add(usd(row));
        return cells.toArray(String[]::new);
    }

    private static String total(JsonNode usage) {
        JsonNode total = usage.path("total");
        JsonNode tokens = total.path("tokens");
        return Humane.count(total.path("requests").asLong(), "request")
                + ", "
                + Humane.count(input(tokens) + output(tokens), "token")
                + ", "
                + usd(total)
                + " USD at prices of "
                + usage.path("price_version").asText();
    }

    private static long input(JsonNode tokens) {
        return tokens.path("prompt").asLong() + tokens.path("tool_use").asLong();
    }

    private static long output(JsonNode tokens) {
        return tokens.path("candidates").asLong() + tokens.path("thoughts").asLong();
    }

    /** Nothing of it has a price: then it is not zero but unknown. */
    private static String usd(JsonNode row) {
        BigDecimal usd = new BigDecimal(row.path("cost_usd").asText("0"));
        boolean unpriced = row.path("unpriced_requests").asLong() > 0;
        return unpriced && usd.signum() == 0
                ? "unpriced"
                : usd.setScale(SHOWN, RoundingMode.HALF_UP).toPlainString() + (unpriced ? "+" : "");
    }

    private static List<String> marks(JsonNode total) {
        List<String> lines = new ArrayList<>();
        mark(lines, total, "unpriced_requests", "used something without a known price");
        mark(lines, total, "estimated_requests", "had tokens that Google did not state");
        mark(lines, total, "lower_bound_requests", "broke off and may have used more");
        mark(lines, total, "mismatched_requests", "had a total that is not the sum of its parts");
        return lines;
    }

    private static void mark(List<String> lines, JsonNode total, String field, String what) {
        long requests = total.path(field).asLong();
        if (requests > 0) {
            lines.add(Humane.count(requests, "request") + " " + what);
        }
    }
}
