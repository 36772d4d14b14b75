package io.gemproxy.server.config;

import java.math.BigDecimal;
import java.util.Optional;

/** Gives the values of a declared client their types, and reports those that do not fit. */
final class ClientReading {
    private static final long MOST_DOLLARS = 1_000_000_000;
    private static final int LONGEST_NAME = 128;
    private static final String NAME_MARKS = " ._-@:+/=|~#()";

    private final Parsing parse;
    private final Report report;

    ClientReading(Parsing parse, Report report) {
        this.parse = parse;
        this.report = report;
    }

    /** The rule of {@code sub} in a token, so that a token can name every declared client. */
    void checkName(Leaf leaf) {
        String name = leaf.text();
        boolean sane =
                name.length() <= LONGEST_NAME
                        && name.equals(name.strip())
                        && name.codePoints()
                                .allMatch(c ->
                                        Character.isLetterOrDigit(c) || NAME_MARKS.indexOf(c) >= 0);
        if (parse.isText(leaf) && !leaf.isBlank() && !sane) {
            parse.malformed(leaf, "");
        }
    }

    void checkWord(Leaf leaf, Kind.Words kind) {
        String word = leaf.text().strip();
        if (parse.isText(leaf) && !word.isEmpty() && !kind.words().contains(word)) {
            Optional<String> near = Suggestion.nearest(word, kind.words());
            report.add(
                    Rule.NOT_A_CHOICE,
                    leaf,
                    leaf.shown(word) + " is none of " + String.join(", ", kind.words()),
                    near.map(it -> "did you mean " + it + "?").orElse("use one of them"));
        }
    }

    void checkGlob(Leaf leaf) {
        if (parse.isText(leaf) && !leaf.text().matches("[!-~]{0,128}")) {
            parse.malformed(leaf, ", without spaces");
        }
    }

    void checkDigest(Leaf leaf) {
        if (Shown.looksLikeKey(leaf.text())) {
            report.add(
                    Rule.CLIENT_KEY_IN_THE_OPEN,
                    leaf,
                    "is the key or secret itself; only its digest belongs here",
                    "make a new one with: gemproxy-cli client-key new");
        } else if (parse.isText(leaf) && !leaf.text().matches("(sha256:[0-9a-f]{64})?")) {
            parse.malformed(leaf, ", as gemproxy-cli client-key new prints it");
        }
    }

    Optional<BigDecimal> parseDollars(Leaf leaf) {
        String text = leaf.text().strip();
        boolean number = leaf.form() == Leaf.Form.NUMBER || leaf.form() == Leaf.Form.ANY;
        if (!number || !text.matches("[0-9]{1,16}([.][0-9]{1,9})?")) {
            parse.wrongType(leaf, "");
            return Optional.empty();
        }
        BigDecimal amount = new BigDecimal(text);
        if (amount.compareTo(BigDecimal.valueOf(MOST_DOLLARS)) > 0) {
            report.add(
                    Rule.OUT_OF_RANGE,
                    leaf,
                    text + " is out of range",
                    "give " + leaf.setting().kind().phrase());
            return Optional.empty();
        }
        return Optional.of(amount);
    }
}
