package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.health.BreakerConfig;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.health.HealthScore;
import io.gemproxy.server.keys.health.SlowStart;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the pool has learnt about a key; it outlives every change of the configuration but that of
 * the key itself. Safe for use by many threads.
 */
final class KeyMemory {
    private final Secret secret;
    private final Rest rest = new Rest();
    private final KeyUse use = new KeyUse();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final CircuitBreaker breaker = new CircuitBreaker(BreakerConfig.STANDARD);
    private final SlowStart slowStart = new SlowStart(BreakerConfig.STANDARD.slowStart());
    private final HealthScore health = new HealthScore();
    private volatile UpstreamKey.@Nullable Disabling disabling;
    private volatile Instant since;
    private volatile @Nullable LastError lastError;

    KeyMemory(Secret secret, Instant now) {
        this.secret = secret.copy();
        this.since = now;
    }

    /** What is configured for the key from now on. */
    void configure(KeyConfig config, BreakerConfig breakers) {
        use.limit(config.maxRequestsPerMinute());
        breaker.configure(breakers);
        slowStart.configure(breakers.slowStart());
    }

    /** The same object for as long as the key is the same, by which leases know it again. */
    Secret secret() {
        return secret;
    }

    Rest rest() {
        return rest;
    }

    KeyUse use() {
        return use;
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    SlowStart slowStart() {
        return slowStart;
    }

    HealthScore health() {
        return health;
    }

    UpstreamKey.@Nullable Disabling disabling() {
        return disabling;
    }

    void disabling(UpstreamKey.@Nullable Disabling now) {
        disabling = now;
    }

    Instant since() {
        return since;
    }

    void since(Instant now) {
        since = now;
    }

    @Nullable LastError lastError() {
        return lastError;
    }

    void lastError(LastError error) {
        lastError = error;
    }
}
