package io.gemproxy.server.ratelimit;

import java.time.Duration;

/**
 * What a client may still do, as the {@code RateLimit} fields tell it
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param limit requests in any sixty seconds
 * @param remaining requests it may make at once now
 * @param reset until the oldest counted request leaves the window; zero if none is counted
 */
public record Allowance(int limit, int remaining, Duration reset) {
    /** The value of {@code RateLimit-Policy}, a structured field. */
    public String policyField() {
        return "\"client\";q=" + limit + ";w=60";
    }

    /** The value of {@code RateLimit}, a structured field; {@code t} is rounded up to seconds. */
    public String stateField() {
        return "\"client\";r=" + remaining + ";t=" + reset.plusNanos(999_999_999).toSeconds();
    }
}
