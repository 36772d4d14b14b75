package io.gemproxy.server.keys.health;

import java.time.Duration;

/**
 * When a key that fails for no known reason rests ({@code gemini.breaker}).
 *
 * @param failures so many in a row open the breaker
 * @param open how long the first time; each further time in a row twice as long, up to ten times
 * @param slowStart over this time a key that comes back is used more and more
 */
public record BreakerConfig(int failures, Duration open, Duration slowStart) {
    /** The built-in defaults. */
    public static final BreakerConfig STANDARD =
            new BreakerConfig(5, Duration.ofSeconds(30), Duration.ofSeconds(30));
}
