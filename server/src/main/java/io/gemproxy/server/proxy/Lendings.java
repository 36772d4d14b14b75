package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.PassedOver;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks the pool for keys and notes what it answered. */
final class Lendings {
    private final KeyPool pool;

    Lendings(KeyPool pool) {
        this.pool = pool;
    }

    Lending lend(LendingWish wish, Progress progress) {
        Lending lending = pool.lend(wish);
        progress.asked(trace(wish, lending, Duration.ofNanos(progress.elapsed())));
        return lending;
    }

    private LendingTrace trace(LendingWish wish, Lending lending, Duration after) {
        return switch (lending) {
            case Lending.Lent lent ->
                    trace(
                            wish,
                            after,
                            Optional.of(lent.lease().key()),
                            Optional.empty(),
                            Optional.empty());
            case Lending.Exhausted none ->
                    trace(
                            wish,
                            after,
                            Optional.empty(),
                            Optional.of(none.reason().name().toLowerCase(Locale.ROOT)),
                            none.retryAfter());
        };
    }

    private LendingTrace trace(
            LendingWish wish,
            Duration after,
            Optional<KeyId> lent,
            Optional<String> refusal,
            Optional<Duration> retryAfter) {
        List<PassedOver> passedOver =
                pool.passedOver(wish).stream()
                        .filter(key -> !lent.equals(Optional.of(key.key())))
                        .toList();
        return new LendingTrace(
                after,
                wish.project(),
                wish.key(),
                lent,
                refusal,
                retryAfter,
                pool.size(),
                passedOver);
    }
}
