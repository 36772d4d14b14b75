package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Steps 5 and 6: lends a key, tries it, and goes on to the next one while that is safe and useful.
 */
final class Attempts {
    /** A request never tours a large pool: after this many keys the last answer is the answer. */
    private static final int MOST = 6;

    private final KeyPool pool;
    private final OneAttempt oneAttempt;
    private final LongSupplier nanoTime;

    Attempts(KeyPool pool, OneAttempt oneAttempt, LongSupplier nanoTime) {
        this.pool = pool;
        this.oneAttempt = oneAttempt;
        this.nanoTime = nanoTime;
    }

    /**
     * Tries keys until one gives an answer for the client.
     *
     * @throws Refused when the pool has no key, or no attempt gave an answer that may be shown
     */
    AttemptResult run(ForwardedRequest request, Progress progress, CurrentCall current) {
        Set<KeyId> tried = new HashSet<>();
        LendingWish first = request.wish().preferring(request.cache().preferred());
        while (true) {
            LendingWish wish = first.without(tried);
            switch (pool.lend(wish)) {
                case Lending.Exhausted exhausted -> throw new Refused(PoolRefusals.of(exhausted));
                case Lending.Lent lent -> {
                    AttemptResult result = attempt(request, lent.lease(), progress, current);
                    tried.add(lent.lease().key());
                    if (!worthAnother(result, request, progress, wish.without(tried))) {
                        return result;
                    }
                }
            }
        }
    }

    /** How long until some key can serve the wish: what a 429 may honestly promise. */
    Optional<Duration> earliestOpening(LendingWish wish) {
        return pool.earliestOpening(wish);
    }

    /** An answer that was settled as a success turned out, while it passed, to be this. */
    void turned(KeyLease lease, AttemptOutcome outcome, Progress progress) {
        pool.settle(lease, outcome);
        progress.turned(outcome);
    }

    private AttemptResult attempt(
            ForwardedRequest request, KeyLease lease, Progress progress, CurrentCall current) {
        long start = nanoTime.getAsLong();
        request.cache().sent(lease.project());
        AttemptResult result = progress.waitingFor(() -> oneAttempt.run(request, lease, current));
        AttemptOutcome outcome = result.outcome();
        pool.settle(lease, outcome);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        progress.attempted(
                new Attempt(lease.key(), lease.project(), outcome, took), result.status());
        return result;
    }

    private boolean worthAnother(
            AttemptResult result, ForwardedRequest request, Progress progress, LendingWish next) {
        return progress.attempts() < MOST
                && anotherKeyMayHelp(result.outcome(), request)
                && request.body().replayable()
                && pool.canServe(next);
    }

    private static boolean anotherKeyMayHelp(AttemptOutcome outcome, ForwardedRequest request) {
        return switch (outcome) {
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.QuotaExceeded _ ->
                    true;
            case AttemptOutcome.Unreachable fault ->
                    !fault.reason().equals("timeout")
                            && (!fault.mayHaveActed() || request.repeatable());
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Abandoned _ ->
                    false;
        };
    }
}
