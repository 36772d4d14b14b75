package io.gemproxy.server.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * What keeps a text from being YAML, at the place where it is to be mended: the parser often
 * notices only lines later.
 *
 * @param rule of the finding
 * @param words for it
 * @param line from 1; 0 if the place is not known
 * @param column from 1
 */
record SyntaxProblem(Rule rule, SyntaxWords words, int line, int column) {
    private static final Pattern COLON = Pattern.compile(":(?= |$)");
    private static final SyntaxWords TAB =
            new SyntaxWords("a tab stands where YAML allows only spaces", "indent with two spaces");
    private static final SyntaxWords NO_COLON =
            new SyntaxWords(
                    "a key without a colon", "write key: value, with a space after the colon");
    private static final SyntaxWords NO_SPACE =
            new SyntaxWords("a dash without a space behind it", "put a space behind it");
    private static final SyntaxWords TWO_COLONS =
            new SyntaxWords(
                    "a second colon on one line",
                    "put the value in quotes, or the second key on a line of its own");
    private static final SyntaxWords TOO_DEEP =
            new SyntaxWords(
                    "this line is indented deeper than the one before it",
                    "indent the keys of one section alike");

    static SyntaxProblem unknown() {
        return new SyntaxProblem(Rule.YAML_SYNTAX, SyntaxWords.of("", ""), 0, 0);
    }

    static SyntaxProblem of(MarkedYamlEngineException broken, SourceText source) {
        String problem = broken.getProblem();
        Optional<Mark> mark = broken.getProblemMark();
        if (mark.isEmpty()) {
            return unknown();
        }
        if (problem.contains("\\t") || problem.contains("TAB")) {
            return at(Rule.TAB, TAB, mark.get());
        }
        if (problem.contains("mapping values are not allowed here")) {
            return colon(mark.get(), source);
        }
        SyntaxWords words = SyntaxWords.of(problem, broken.getContext());
        boolean leftOpen = words.what().contains("not closed");
        Optional<Mark> begin =
                broken.getContextMark()
                        .filter(it -> leftOpen && it.getLine() < mark.get().getLine());
        return at(Rule.YAML_SYNTAX, words, begin.orElseGet(mark::get));
    }

    private static SyntaxProblem at(Rule rule, SyntaxWords words, Mark mark) {
        return new SyntaxProblem(rule, words, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** A colon that cannot be one: the second of its line, or the line before has gone wrong. */
    private static SyntaxProblem colon(Mark mark, SourceText source) {
        String text = line(source, mark.getLine());
        Matcher first = COLON.matcher(text);
        if (first.find() && first.start() < mark.getColumn()) {
            return at(Rule.YAML_SYNTAX, TWO_COLONS, mark);
        }
        int before = mark.getLine() - 1;
        while (before >= 0 && line(source, before).strip().matches("(#.*)?")) {
            before--;
        }
        String previous = line(source, before);
        if (previous.strip().matches("-[^ -].*")) {
            return new SyntaxProblem(Rule.YAML_SYNTAX, NO_SPACE, before + 1, indent(previous) + 1);
        }
        if (before >= 0 && !COLON.matcher(previous).find()) {
            return new SyntaxProblem(Rule.YAML_SYNTAX, NO_COLON, before + 1, indent(previous) + 1);
        }
        if (before >= 0 && indent(text) > indent(previous)) {
            return new SyntaxProblem(
                    Rule.YAML_SYNTAX, TOO_DEEP, mark.getLine() + 1, indent(text) + 1);
        }
        return at(
                Rule.YAML_SYNTAX, SyntaxWords.of("mapping values are not allowed here", ""), mark);
    }

    private static String line(SourceText source, int index) {
        return index < 0 || index >= source.lines().size() ? "" : source.lines().get(index);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
