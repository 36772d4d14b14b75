package io.gemproxy.server.config;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our own words for what the YAML parser complains about; its own may repeat parts of the file.
 *
 * @param what is wrong
 * @param fix what would be right
 */
record SyntaxWords(String what, String fix) {
    private record Known(String part, SyntaxWords words) {}

    private static final List<Known> KNOWN =
            List.of(
                    known(
                            "could not find expected ':'",
                            "a key without a colon",
                            "write key: value, with a space after the colon"),
                    known(
                            "mapping values are not allowed here",
                            "a second colon or a wrong indentation",
                            "put a value with a colon in quotes, and indent keys of one section"
                                    + " alike"),
                    known(
                            "expected <block end>",
                            "this line is indented unlike its neighbours",
                            "indent the keys of one section alike"),
                    known(
                            "expected ',' or",
                            "a bracket that is not closed, or a missing comma",
                            "close it with ] or }"),
                    known(
                            "undefined alias",
                            "an alias (*) without its anchor (&)",
                            "put the value in quotes"),
                    known(
                            "while scanning an alias",
                            "an asterisk begins a value",
                            "put the value in quotes"),
                    known(
                            "unexpected end of stream",
                            "a quote that is not closed",
                            "close it with the same quote"),
                    known(
                            "unknown escape character",
                            "a backslash that means nothing in double quotes",
                            "use single quotes, or write two backslashes"),
                    known(
                            "that cannot start any token",
                            "a value must not begin with this character",
                            "put the value in quotes"),
                    known(
                            "expected '<document start>'",
                            "something stands behind what was already complete",
                            "a file is one tree of sections with keys; is it YAML?"),
                    known(
                            "found '<stream end>'",
                            "the file ends too early",
                            "close what is open: a bracket or a quote"),
                    known(
                            "the end of stream",
                            "the file ends too early",
                            "close what is open: a bracket or a quote"));

    /** For a problem of the parser, and what it was doing when it met it. */
    static SyntaxWords of(String problem, @Nullable String context) {
        return Stream.of(problem, context == null ? "" : context)
                .flatMap(words -> KNOWN.stream().filter(known -> words.contains(known.part())))
                .map(Known::words)
                .findFirst()
                .orElse(new SyntaxWords("this is not YAML", "check quotes, colons, indentation"));
    }

    private static Known known(String part, String what, String fix) {
        return new Known(part, new SyntaxWords(what, fix));
    }
}
