package io.gemproxy.server.simulation;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.KeyState;
import io.gemproxy.server.keys.LendingWish;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Compares the keys that the pool would use with those that Google would serve. */
final class PoolCheck {
    /** Google's clock may be behind; a full day met in its last seconds rests a minute. */
    static final Duration AFTER_RESET = Duration.ofMinutes(2);

    /** Minutes are no loss. */
    private static final Duration SOON = Duration.ofSeconds(61);

    private final KeyPool pool;
    private final FakeGoogle google;
    private final PoolPlan plan;
    private final Optional<ModelName> model;
    private final Tally tally;

    PoolCheck(KeyPool pool, FakeGoogle google, PoolPlan plan, ModelName model, Tally tally) {
        this.pool = pool;
        this.google = google;
        this.plan = plan;
        this.model = Optional.of(model);
        this.tally = tally;
    }

    /** A new day: the pool has exactly the keys that Google accepts. */
    void afterReset(Instant now) {
        tally.resets++;
        for (PoolPlan.PlannedKey key : plan.keys()) {
            boolean inPool = inPool(key, now);
            if (inPool != google.serves(key.id())) {
                tally.wrongAtResets.add(
                        now + " " + key.id().value() + (inPool ? " is used" : " is not used"));
            }
        }
    }

    /** Counts the keys that Google would serve but the pool does not use. */
    void hourly(Instant now) {
        for (PoolPlan.PlannedKey key : plan.keys()) {
            tally.hoursLost += google.serves(key.id()) && !inPool(key, now) ? 1 : 0;
        }
    }

    private boolean inPool(PoolPlan.PlannedKey key, Instant now) {
        return usable(key.id(), now)
                && pool.earliestOpening(LendingWish.of(model, Optional.of(key.project().id())))
                        .filter(wait -> wait.compareTo(SOON) <= 0)
                        .isPresent();
    }

    private boolean usable(KeyId key, Instant now) {
        KeyState state = pool.view(key).orElseThrow().state();
        return state instanceof KeyState.Healthy
                || state.until().filter(until -> !until.isAfter(now.plus(SOON))).isPresent();
    }
}
