package io.gemproxy.server.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * Requests per minute of each client. The promise: no sixty seconds, wherever they start, see more
 * admitted requests than the limit; the declared burst on top of it is none. Safe for use by many
 * threads.
 */
public final class ClientRateLimiter {
    /** With more active clients than this the least recently seen start afresh. */
    private static final int MAX_CLIENTS = 100_000;

    private final RateLimitConfig config;
    private final LongSupplier nanoTime;
    private final Cache<ClientId, SlidingWindow> windows;

    /**
     * @param nanoTime a monotonic clock in nanoseconds
     */
    public ClientRateLimiter(RateLimitConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.windows =
                Caffeine.newBuilder()
                        .maximumSize(MAX_CLIENTS)
                        .expireAfterAccess(SlidingWindow.LENGTH.plus(Duration.ofSeconds(1)))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * Counts one request of this client, or refuses it. Tokens of one client share one count; a
     * limit in the token goes before the configured one.
     */
    public RateDecision tryAdmit(Client client) {
        OptionalInt limit =
                client.limits().requestsPerMinute().isPresent()
                        ? client.limits().requestsPerMinute()
                        : config.requestsPerMinute();
        if (limit.isEmpty()) {
            return new RateDecision.Admitted(Optional.empty());
        }
        SlidingWindow window = windows.get(client.id(), id -> new SlidingWindow());
        return window.tryAdmit(limit.getAsInt(), nanoTime.getAsLong());
    }
}
