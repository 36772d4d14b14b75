package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Asks the pool for keys and notes what it answered. */
final class Lendings {
    private final KeyPool pool;

    Lendings(KeyPool pool) {
        this.pool = pool;
    }

    /**
     * @param pause how long the request has just waited before it asks
     */
    Lending lend(LendingWish wish, Duration pause, Progress progress) {
        Lending lending = pool.lend(wish);
        progress.asked(trace(wish, lending, Duration.ofNanos(progress.elapsed()), pause));
        return lending;
    }

    private LendingTrace trace(LendingWish wish, Lending lending, Duration after, Duration pause) {
        return switch (lending) {
            case Lending.Lent lent ->
                    trace(
                            wish,
                            after,
                            pause,
                            Optional.of(lent.lease().key()),
                            Optional.empty(),
                            Optional.empty());
            case Lending.Exhausted none ->
                    trace(
                            wish,
                            after,
                            pause,
                            Optional.empty(),
                            Optional.of(none.reason().name().toLowerCase(Locale.ROOT)),
                            none.retryAfter());
        };
    }

    private LendingTrace trace(
            LendingWish wish,
            Duration after,
            Duration pause,
            Optional<KeyId> lent,
            Optional<String> refusal,
            Optional<Duration> retryAfter) {
        SkippedKeys passedOver = pool.passedOver(wish);
        return new LendingTrace(
                after,
                pause,
                wish.project(),
                wish.key(),
                lent,
                refusal,
                retryAfter,
                pool.size(),
                lent.map(passedOver::without).orElse(passedOver));
    }
}
