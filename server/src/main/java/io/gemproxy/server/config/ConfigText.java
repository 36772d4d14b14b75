package io.gemproxy.server.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes findings for people (lines) and for programs (fields in a stable order). */
public final class ConfigText {
    private ConfigText() {}

    /**
     * One line {@code file:line:column: error: key: what — fix [GPXnnnn, CWE-nnn, score -n]}, and
     * where there is a line to show, that line and one with carets. The weakness and what the
     * finding takes from the score stand where there is one.
     */
    public static List<String> lines(Finding finding) {
        List<String> lines = new ArrayList<>();
        String key = finding.key().isEmpty() ? "" : finding.key() + ": ";
        lines.add(
                finding.place()
                        + ": "
                        + finding.severity().word()
                        + ": "
                        + key
                        + finding.what()
                        + " — "
                        + finding.fix()
                        + " ["
                        + marks(finding.rule())
                        + "]");
        finding.excerpt().ifPresent(it -> lines.addAll(excerpt(it)));
        return lines;
    }

    private static String marks(Rule rule) {
        String cwe = rule.cwe().isPresent() ? ", CWE-" + rule.cwe().getAsInt() : "";
        return rule.code() + cwe + (rule.weight() > 0 ? ", score -" + rule.weight() : "");
    }

    /** All findings, one after the other. */
    public static List<String> lines(List<Finding> findings) {
        return findings.stream().flatMap(finding -> lines(finding).stream()).toList();
    }

    private static List<String> excerpt(Excerpt excerpt) {
        String number = String.format("%5d", excerpt.line());
        String caret = " ".repeat(excerpt.column() - 1) + "^".repeat(excerpt.width());
        return List.of(number + " | " + excerpt.text(), "      | " + caret);
    }

    /**
     * The fields of one JSON object; {@code cwe}, {@code line} and {@code column} where known.
     * {@code weight} is what the finding takes from the score.
     */
    public static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", finding.rule().code());
        fields.put("severity", finding.severity().word());
        finding.rule().cwe().ifPresent(cwe -> fields.put("cwe", cwe));
        fields.put("weight", finding.rule().weight());
        fields.put("source", finding.place().source());
        if (finding.place().line() > 0) {
            fields.put("line", finding.place().line());
            fields.put("column", finding.place().column());
        }
        fields.put("key", finding.key());
        fields.put("message", finding.what());
        fields.put("fix", finding.fix());
        return fields;
    }

    /** Whether the text could be read to its end, so that what it says could be judged. */
    public static boolean isJudged(List<Finding> findings) {
        return findings.stream()
                .noneMatch(it ->
                        it.severity() == Severity.ERROR
                                && it.key().isEmpty()
                                && it.rule().hidesTheRest());
    }

    /** The security score: 100 less the weight of each finding's rule, not below 0. */
    public static int score(List<Finding> findings) {
        return Math.max(
                0, 100 - findings.stream().mapToInt(finding -> finding.rule().weight()).sum());
    }
}
