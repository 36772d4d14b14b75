package io.gemproxy.server.config;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The words that may stand as values of settings, and those that are often tried in their place.
 */
final class Vocabulary {
    /** So that a passphrase is not taken for a slip of the pen in a short word. */
    private static final int SHORTEST = 4;

    private static final Set<String> USUAL =
            Set.of(
                    "true",
                    "false",
                    "yes",
                    "no",
                    "on",
                    "off",
                    "y",
                    "n",
                    "null",
                    "none",
                    "auto",
                    "default",
                    "enabled",
                    "disabled",
                    "unlimited",
                    "verbose",
                    "trace",
                    "fatal",
                    "warning",
                    "critical",
                    "text",
                    "nothing",
                    "never",
                    "always");

    private static final Set<String> WORDS = words();

    private Vocabulary() {}

    /** Whether a value is one of these words, or was meant to be. */
    static boolean knows(String value) {
        String word = value.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return WORDS.contains(word)
                || (word.length() >= SHORTEST && WORDS.stream().anyMatch(it -> isNear(word, it)));
    }

    private static boolean isNear(String word, String known) {
        int most = known.length() / 3;
        return Math.abs(word.length() - known.length()) <= most
                && Suggestion.distance(word, known) <= most;
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>(USUAL);
        Settings.all().stream()
                .flatMap(setting -> words(setting.kind()))
                .map(word -> word.toLowerCase(Locale.ROOT).replace('-', '_'))
                .forEach(words::add);
        return Set.copyOf(words);
    }

    private static Stream<String> words(Kind kind) {
        return switch (kind) {
            case Kind.Choice choice -> choice.words().stream();
            case Kind.Words words -> words.words().stream();
            default -> Stream.empty();
        };
    }
}
