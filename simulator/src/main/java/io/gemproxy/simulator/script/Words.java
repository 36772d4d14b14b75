package io.gemproxy.simulator.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of one line, read from left to right. */
final class Words {
    private final int line;
    private final List<String> words;
    private int next;

    Words(int line, String text) {
        this.line = line;
        this.words = split(text);
    }

    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.charAt(at) == '"') {
                int close = text.indexOf('"', at + 1);
                close = close < 0 ? text.length() : close;
                words.add(unescape(text.substring(at + 1, close)));
                at = close + 1;
            } else {
                int end = at;
                while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                    end++;
                }
                words.add(text.substring(at, end));
                at = end;
            }
        }
        return words;
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }

    boolean more() {
        return next < words.size();
    }

    /** Takes the next word if it is one of these. */
    boolean take(String... any) {
        for (String word : any) {
            if (more() && words.get(next).equalsIgnoreCase(word)) {
                next++;
                return true;
            }
        }
        return false;
    }

    /** The next word as it stands. */
    String word(String what) {
        if (!more()) {
            throw wrong(what + " is missing", "add " + what);
        }
        return words.get(next++);
    }

    boolean numberFollows() {
        return more() && Character.isDigit(words.get(next).charAt(0)) && isNumber(words.get(next));
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    int number(String what) {
        long number = size(what);
        if (number > Integer.MAX_VALUE) {
            throw wrong(what + " is too large", "use at most " + Integer.MAX_VALUE);
        }
        return (int) number;
    }

    /** A number of bytes: 100, 64k, 3m, 2g. */
    long size(String what) {
        String word = word(what).toLowerCase(Locale.ROOT);
        String digits = word;
        int shift = 0;
        if (word.length() > 1 && !Character.isDigit(word.charAt(word.length() - 1))) {
            shift =
                    switch (word.charAt(word.length() - 1)) {
                        case 'k' -> 10;
                        case 'm' -> 20;
                        case 'g' -> 30;
                        default -> -1;
                    };
            digits = word.substring(0, word.length() - 1);
        }
        if (shift < 0 || digits.isEmpty() || digits.length() > 15 || !isNumber(digits)) {
            throw wrong("'" + word + "' is not " + what, "write a whole number such as 100 or 64k");
        }
        return Long.parseLong(digits) << shift;
    }

    /** A time: 50ms, 7s, 2m, 1h. */
    Duration time(String what) {
        String word = word(what).toLowerCase(Locale.ROOT);
        int unit = 0;
        while (unit < word.length() && Character.isDigit(word.charAt(unit))) {
            unit++;
        }
        long factor =
                switch (word.substring(unit)) {
                    case "ms" -> 1;
                    case "s" -> 1_000;
                    case "m" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 0;
                };
        if (factor == 0 || unit == 0 || unit > 10) {
            throw wrong("'" + word + "' is not " + what, "write it as 50ms, 7s, 2m or 1h");
        }
        return Duration.ofMillis(Long.parseLong(word.substring(0, unit)) * factor);
    }

    void end() {
        if (more()) {
            throw wrong(
                    "'" + words.get(next) + "' is not understood here",
                    "end the line before it, or see gemini-simulator --help");
        }
    }

    ScriptException wrong(String what, String right) {
        return new ScriptException(line, what, right);
    }
}
