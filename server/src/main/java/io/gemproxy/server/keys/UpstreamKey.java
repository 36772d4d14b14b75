package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.ModelName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A pooled key with what the pool has learnt about it. Guarded by the pool's lock. */
final class UpstreamKey {
    /** Share of the newest outcome in the health score: about the last twenty decide. */
    private static final double NEWEST = 0.1;

    private final KeyConfig config;
    private final Project project;
    private final @Nullable RequestWindow window;
    private final RecentMinute lastMinute = new RecentMinute();
    private @Nullable String refusal;
    private @Nullable Cooldown rest;
    private Instant since;
    private double health = 1.0;
    private long requests;
    private long failures;
    private long balance;

    UpstreamKey(KeyConfig config, Project project, Instant since) {
        this.config = config;
        this.project = project;
        this.since = since;
        this.window =
                config.maxRequestsPerMinute().isPresent()
                        ? new RequestWindow(config.maxRequestsPerMinute().getAsInt())
                        : null;
    }

    KeyId id() {
        return config.id();
    }

    KeyConfig config() {
        return config;
    }

    Secret secret() {
        return config.key();
    }

    Project project() {
        return project;
    }

    int weight() {
        return config.weight();
    }

    /** The smooth weighted round robin's running balance of this key. */
    long balance() {
        return balance;
    }

    void balance(long value) {
        balance = value;
    }

    boolean usable(LocalDate today) {
        return refusal == null
                && (config.expiresAt().isEmpty() || !today.isAfter(config.expiresAt().get()));
    }

    /**
     * When it may serve {@code model}, on the nano clock; {@code now} if at once. Asks for nothing
     * else.
     */
    long opening(Optional<ModelName> model, long now) {
        long byWindow = window == null ? now : window.opening(now);
        long byLimit =
                rest == null || rest.untilNanos() - byWindow < 0 ? byWindow : rest.untilNanos();
        Optional<Cooldown> rest = project.resting(model, now);
        return rest.isPresent() && rest.get().untilNanos() - byLimit > 0
                ? rest.get().untilNanos()
                : byLimit;
    }

    void lent(long now) {
        requests++;
        lastMinute.add(now);
        if (window != null) {
            window.admit(now);
        }
    }

    void succeeded() {
        health += (1.0 - health) * NEWEST;
    }

    void failed() {
        failures++;
        health -= health * NEWEST;
    }

    void refused(String reason, Instant now) {
        failed();
        if (refusal == null) {
            since = now;
        }
        refusal = reason;
    }

    /** The key alone rests. */
    void rest(Cooldown cooldown) {
        failed();
        rest = cooldown;
    }

    Optional<Cooldown> resting(long now) {
        return Optional.ofNullable(rest).filter(it -> it.untilNanos() - now > 0);
    }

    Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    Instant since() {
        return since;
    }

    double health() {
        return refusal == null ? health : 0.0;
    }

    long requests() {
        return requests;
    }

    long failures() {
        return failures;
    }

    long requestsLastMinute(long now) {
        return lastMinute.total(now);
    }
}
