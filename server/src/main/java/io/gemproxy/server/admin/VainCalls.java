package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.ratelimit.RateDecision;
import io.gemproxy.server.ratelimit.RateLimitConfig;
import io.gemproxy.server.ratelimit.RateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Bounds what callers without a valid token can make this port do, by address: each of them leaves
 * a record in the audit log. Who has a token is never refused for what others did.
 */
final class VainCalls {
    /** Requests a minute. */
    static final long MOST = 300;

    private final RateLimiter limiter;

    VainCalls(LongSupplier nanoTime) {
        limiter =
                new RateLimiter(
                        RateLimitConfig.ofAddresses(
                                RateLimitConfig.Rates.NONE, OptionalLong.of(MOST)),
                        nanoTime);
    }

    /** Another one that was refused. */
    void count(String address) {
        limiter.failed(address);
    }

    /** What to answer in place of the next one, if there were too many. */
    Optional<Reply> tooMany(String address, RequestId id) {
        return limiter.failuresOf(address).map(it -> refusal(it, id));
    }

    private static Reply refusal(RateDecision.Limited limited, RequestId id) {
        Duration wait = limited.retryAfter().plusNanos(999_999_999);
        return Reply.problem(
                Problem.of(
                        Problem.Kind.TOO_MANY,
                        "Your address sent "
                                + MOST
                                + " requests within a minute that no valid token stood behind; those"
                                + " with one are still served.",
                        id),
                Map.of("Retry-After", Long.toString(wait.toSeconds())));
    }
}
