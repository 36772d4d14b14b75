package io.gemproxy.server.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows values that are examples, or that everybody guesses first. */
final class KnownSecrets {
    private static final Set<String> WEAK =
            Set.of(
                    "secret",
                    "password",
                    "passw0rd",
                    "changeme",
                    "change-me",
                    "admin",
                    "administrator",
                    "letmein",
                    "default",
                    "example",
                    "test",
                    "qwerty",
                    "qwertyuiop",
                    "iloveyou",
                    "welcome",
                    "jwt-secret",
                    "jwtsecret",
                    "supersecret",
                    "mysecret",
                    "gemproxy",
                    "gemini",
                    "0123456789",
                    "1234567890",
                    "123456",
                    "abcdefghijklmnopqrstuvwxyz");
    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "(?i)your[-_ ].*|.*(change[-_ ]?(me|this|it)|replace[-_ ]?(me|this|with)|"
                            + "placeholder|at-least-32|insert[-_ ].*here).*|<.*>|\\*+|x{4,}|\\.{3}|…");
    private static final Pattern EXAMPLE_KEY =
            Pattern.compile(
                    "(?i)AIza(Sy)?(.)\\2{4,}.*|dummy.*|"
                            + "((my|your|the|test|backup|primary|first|second|gemini|google)[-_])*"
                            + "api[-_]?key([-_]?([0-9]+|here))?");

    private KnownSecrets() {}

    /** Whether the file's author still has to fill this in; empty counts. */
    static boolean isPlaceholder(String text) {
        return text.isBlank() || EXAMPLE.matcher(text.strip()).matches() || isWeak(text);
    }

    static boolean isExampleKey(String text) {
        return isPlaceholder(text) || EXAMPLE_KEY.matcher(text.strip()).matches();
    }

    /** Whether it is a word everybody guesses first, alone, repeated, or with digits behind. */
    static boolean isWeak(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return WEAK.contains(word)
                || WEAK.contains(word.replaceAll("[0-9!.?_-]+$", ""))
                || WEAK.contains(word.replaceAll("[ _-]", ""))
                || isRepetition(word);
    }

    /** One piece of up to ten characters over and over. */
    private static boolean isRepetition(String word) {
        for (int size = 1; size <= Math.min(10, word.length() / 2); size++) {
            String piece = word.substring(0, size);
            if (piece.repeat(word.length() / size + 1).startsWith(word)) {
                return true;
            }
        }
        return false;
    }
}
