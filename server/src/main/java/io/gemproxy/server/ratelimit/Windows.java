package io.gemproxy.server.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.ratelimit.RateDecision.Admitted;
import io.gemproxy.server.ratelimit.RateDecision.Limited;
import io.gemproxy.server.ratelimit.RateDecision.NeverFits;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** One policy's windows, one for each subject. Safe for use by many threads. */
final class Windows<K> {
    /** With more active subjects than this the least recently seen start afresh. */
    private static final int MOST = 100_000;

    private final LimitPolicy policy;
    private final LongSupplier nanoTime;
    private final Cache<K, AmountWindow> windows;

    /**
     * @param nanoTime a monotonic clock in nanoseconds
     */
    Windows(LimitPolicy policy, LongSupplier nanoTime) {
        this.policy = policy;
        this.nanoTime = nanoTime;
        this.windows =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(AmountWindow.LENGTH.plus(Duration.ofSeconds(1)))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build();
    }

    /** Counts the amount of the subject if it fits. */
    RateDecision tryTake(K subject, OptionalLong limit, long amount) {
        if (limit.isEmpty()) {
            return Admitted.FREELY;
        }
        long most = limit.getAsLong();
        AmountWindow window = window(subject);
        if (amount > most) {
            AmountWindow.Taken now = window.look(most, 0, nanoTime.getAsLong());
            return new NeverFits(allowance(most, now), amount);
        }
        AmountWindow.Taken taken = window.tryTake(most, amount, nanoTime.getAsLong());
        return taken.refused()
                ? new Limited(allowance(most, taken), Duration.ofNanos(taken.opens()))
                : new Admitted(
                        real -> settle(subject, window, taken.ticket(), amount, real),
                        Optional.of(allowance(most, taken)));
    }

    /** Whether not even one more would fit now; counts nothing. */
    Optional<Limited> full(K subject, OptionalLong limit) {
        AmountWindow window = limit.isEmpty() ? null : windows.getIfPresent(subject);
        if (window == null) {
            return Optional.empty();
        }
        AmountWindow.Taken taken = window.look(limit.getAsLong(), 1, nanoTime.getAsLong());
        return taken.refused()
                ? Optional.of(
                        new Limited(
                                allowance(limit.getAsLong(), taken),
                                Duration.ofNanos(taken.opens())))
                : Optional.empty();
    }

    /** Counts the amount, whatever the limit. */
    void add(K subject, long amount) {
        window(subject).add(amount, nanoTime.getAsLong());
    }

    /** Subjects that are remembered now. */
    long subjects() {
        windows.cleanUp();
        return windows.estimatedSize();
    }

    /** By then another window may have taken the place of the one that was idle. */
    private void settle(K subject, AmountWindow window, long ticket, long taken, long real) {
        if (real < taken) {
            window.giveBack(ticket, taken - real);
        } else if (real > taken) {
            add(subject, real - taken);
        }
    }

    private AmountWindow window(K subject) {
        return windows.get(subject, it -> new AmountWindow());
    }

    private Allowance allowance(long limit, AmountWindow.Taken taken) {
        return new Allowance(
                policy, limit, taken.left(), AmountWindow.LENGTH, Duration.ofNanos(taken.reset()));
    }
}
