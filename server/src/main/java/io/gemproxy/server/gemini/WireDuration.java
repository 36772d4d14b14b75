package io.gemproxy.server.gemini;

import java.time.Duration;
import java.util.Optional;

/**
 * Reads durations as Google writes them: {@code 14s}, {@code 34.07s}, {@code 900ms}, {@code
 * 18h28m3.5s}.
 */
final class WireDuration {
    private static final long LONGEST_SECONDS = 400L * 24 * 3600;
    private static final int LONGEST_TEXT = 40;

    private final String text;
    private int at;

    private WireDuration(String text) {
        this.text = text;
    }

    /** Empty for anything that is no duration, negative or longer than 400 days. */
    static Optional<Duration> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        return new WireDuration(text).read();
    }

    private Optional<Duration> read() {
        double seconds = 0;
        while (at < text.length()) {
            double amount = number();
            double unit = unit();
            if (amount < 0 || unit == 0) {
                return Optional.empty();
            }
            seconds += amount * unit;
        }
        return seconds <= LONGEST_SECONDS
                ? Optional.of(Duration.ofNanos(Math.round(seconds * 1e9)))
                : Optional.empty();
    }

    private double number() {
        int start = at;
        int dots = 0;
        while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            dots += text.charAt(at) == '.' ? 1 : 0;
            at++;
        }
        boolean plain = dots <= 1 && at > start + dots && isDigit(text.charAt(start));
        return plain ? Double.parseDouble(text.substring(start, at)) : -1;
    }

    private double unit() {
        if (text.startsWith("ms", at)) {
            at += 2;
            return 1e-3;
        }
        char letter = at < text.length() ? text.charAt(at) : ' ';
        at++;
        return switch (letter) {
            case 's' -> 1;
            case 'm' -> 60;
            case 'h' -> 3600;
            default -> 0;
        };
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
