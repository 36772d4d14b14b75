package io.gemproxy.server.authentication;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a token shall live, as people write it: {@code 30d}, {@code 12h}, {@code 90m}, {@code
 * 45s}.
 */
public final class TokenLifetime {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([dhms])");
    private static final Duration MAX = Duration.ofDays(3650);

    private TokenLifetime() {}

    /** The duration, or empty if the text has another form or means more than ten years. */
    public static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(form.group(1));
        Duration lifetime =
                switch (form.group(2)) {
                    case "d" -> Duration.ofDays(count);
                    case "h" -> Duration.ofHours(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofSeconds(count);
                };
        return lifetime.compareTo(MAX) > 0 ? Optional.empty() : Optional.of(lifetime);
    }
}
