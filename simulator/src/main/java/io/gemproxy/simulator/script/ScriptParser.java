package io.gemproxy.simulator.script;

import io.gemproxy.simulator.faults.Gate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads script text: one rule a line, empty lines and lines after # left out. */
public final class ScriptParser {
    private final Effects effects;

    /**
     * Gates are looked up by name; "raw NAME" means the given bytes of that name, or else a file
     * relative to the directory.
     */
    public ScriptParser(Function<String, Gate> gates, Map<String, byte[]> raws, Path directory) {
        this.effects = new Effects(gates, raws, directory);
    }

    /** All rules of the text; throws ScriptException at the first line that cannot be read. */
    public List<Rule> parse(String text) {
        List<Rule> rules = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String trimmed = line.strip();
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                rules.add(rule(number, trimmed));
            }
        }
        return rules;
    }

    private Rule rule(int number, String line) {
        int colon = separator(line);
        if (colon < 0) {
            throw new ScriptException(
                    number,
                    "there is no ': ' between who and what",
                    "write it as 'key k1: always 503'");
        }
        List<Predicate<Subject>> who = selectors(new Words(number, line.substring(0, colon)));
        Words what = new Words(number, line.substring(colon + 1));
        Rule.Times times = times(what);
        var effect = effects.read(what);
        while (what.take("and", "then", "+")) {
            effect = effect.andThen(effects.read(what));
        }
        what.end();
        return new Rule(line, who, times, effect);
    }

    private static int separator(String line) {
        for (int at = line.indexOf(':'); at >= 0; at = line.indexOf(':', at + 1)) {
            if (at + 1 < line.length() && Character.isWhitespace(line.charAt(at + 1))) {
                return at;
            }
        }
        return -1;
    }

    private static List<Predicate<Subject>> selectors(Words words) {
        List<Predicate<Subject>> selectors = new ArrayList<>();
        while (words.more()) {
            if (!words.take("all", "and")) {
                selectors.add(selector(words));
            }
        }
        return selectors;
    }

    @SuppressWarnings("RefactorSwitch")
    private static Predicate<Subject> selector(Words words) {
        String kind = words.word("who").toLowerCase(Locale.ROOT);
        switch (kind) {
            case "request" -> {
                long number = words.size("the number of a request");
                return subject -> subject.number() == number;
            }
            case "key", "project", "model", "path", "method" -> {
                String value = words.word("the " + kind);
                return subject -> Glob.matches(value, of(kind, subject));
            }
            default ->
                    throw words.wrong(
                            "'" + kind + "' does not say who",
                            "begin with all, key ID, project ID, model NAME, request N, path GLOB"
                                    + " or method NAME");
        }
    }

    private static String of(String kind, Subject subject) {
        String value =
                switch (kind) {
                    case "key" -> subject.key();
                    case "project" -> subject.project();
                    case "model" -> subject.model();
                    case "path" -> subject.path();
                    default -> subject.method();
                };
        return value == null ? "" : value;
    }

    private static Rule.Times times(Words words) {
        if (words.take("next")) {
            return new Rule.Times(0, words.size("how many"), 1);
        }
        if (words.take("once")) {
            return new Rule.Times(0, 1, 1);
        }
        if (words.take("after")) {
            return new Rule.Times(words.size("how many"), Long.MAX_VALUE, 1);
        }
        if (words.take("every")) {
            return new Rule.Times(0, Long.MAX_VALUE, Math.max(1, words.size("how many")));
        }
        var _ = words.take("always");
        return new Rule.Times(0, Long.MAX_VALUE, 1);
    }
}
