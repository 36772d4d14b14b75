package io.gemproxy.server.ratelimit;

import io.gemproxy.server.exchange.LimitPolicy;
import java.time.Duration;

/**
 * What may still be done under a policy, as the {@code RateLimit} fields tell it
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param policy whose limit it is
 * @param limit in the policy's unit: requests, tokens or millionths of a US dollar
 * @param left of it now
 * @param window the time the limit is for
 * @param reset until the oldest counted amount leaves the window, or the period ends; zero if
 *     nothing is counted
 */
public record Allowance(
        LimitPolicy policy, long limit, long left, Duration window, Duration reset) {
    /** The same, not saying how much is left. */
    public Allowance withNothingLeft() {
        return new Allowance(policy, limit, 0, window, reset);
    }

    /** A member of {@code RateLimit-Policy}, a structured field. */
    public String policyField() {
        return '"' + policy.word() + "\";q=" + limit + unit() + ";w=" + window.toSeconds();
    }

    /** A member of {@code RateLimit}, a structured field; {@code t} is rounded up to seconds. */
    public String stateField() {
        return '"'
                + policy.word()
                + "\";r="
                + left
                + ";t="
                + reset.plusNanos(999_999_999).toSeconds();
    }

    /** Requests are what the fields mean where no unit is named. */
    private String unit() {
        return switch (policy) {
            case ADDRESS, ADDRESS_FAILURES, ADDRESS_DAY, GLOBAL, GLOBAL_DAY, CLIENT, CLIENT_DAY ->
                    "";
            case ADDRESS_TOKENS,
                    ADDRESS_DAILY_TOKENS,
                    GLOBAL_TOKENS,
                    GLOBAL_DAILY_TOKENS,
                    CLIENT_TOKENS,
                    DAILY_TOKENS,
                    MONTHLY_TOKENS ->
                    ";qu=\"tokens\"";
            case DAILY_COST, MONTHLY_COST -> ";qu=\"microdollars\"";
        };
    }
}
