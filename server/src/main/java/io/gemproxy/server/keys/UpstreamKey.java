package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.health.HealthScore;
import io.gemproxy.server.keys.health.SlowStart;
import io.gemproxy.server.keys.quota.QuotaDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A pooled key as it is configured, with what the pool has learnt about it. Safe for use by many
 * threads.
 */
final class UpstreamKey {
    private final KeyConfig config;
    private final KeyId id;
    private final int weight;
    private final int index;
    private final Project project;
    private final long lastMillis;
    private final KeyMemory memory;
    private final Rest rest;
    private final KeyUse use;
    private final AtomicInteger inFlight;
    private final CircuitBreaker breaker;
    private final SlowStart slowStart;

    /** An operator took it out of service. */
    record Disabling(Instant since, String reason) {}

    UpstreamKey(KeyConfig config, int index, Project project, KeyMemory memory) {
        this.config = config;
        this.id = config.id();
        this.weight = config.weight();
        this.index = index;
        this.project = project;
        this.memory = memory;
        this.rest = memory.rest();
        this.use = memory.use();
        this.inFlight = memory.inFlight();
        this.breaker = memory.breaker();
        this.slowStart = memory.slowStart();
        this.lastMillis =
                config.expiresAt().map(day -> QuotaDay.of(day).endMillis()).orElse(Long.MAX_VALUE);
    }

    KeyId id() {
        return id;
    }

    KeyConfig config() {
        return config;
    }

    /** Its share, from 1. */
    int weight() {
        return weight;
    }

    /** Its place in the configuration, from 0. */
    int index() {
        return index;
    }

    Secret secret() {
        return memory.secret();
    }

    Project project() {
        return project;
    }

    KeyMemory memory() {
        return memory;
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
        return memory.health();
    }

    @Nullable Disabling disabling() {
        return memory.disabling();
    }

    void disabling(@Nullable Disabling now) {
        memory.disabling(now);
    }

    boolean expired(long millis) {
        return millis >= lastMillis;
    }

    boolean expiresBefore(LocalDate day) {
        return config.expiresAt().map(last -> last.isBefore(day)).orElse(false);
    }

    /** Whether it may serve, now or after a rest that ends by itself. */
    boolean usable(long millis) {
        return disabling() == null && !expired(millis) && endsByItself(rest) && projectUsable();
    }

    private boolean projectUsable() {
        BillingAccount account = project.account();
        return endsByItself(project.rest()) && (account == null || endsByItself(account.rest()));
    }

    private static boolean endsByItself(Rest rest) {
        Cooldown cooldown = rest.latest();
        return cooldown == null || cooldown.endsByItself();
    }

    /** When its state began. */
    Instant since() {
        return memory.since();
    }

    void since(Instant now) {
        memory.since(now);
    }

    @Nullable LastError lastError() {
        return memory.lastError();
    }

    void lastError(LastError error) {
        memory.lastError(error);
    }
}
