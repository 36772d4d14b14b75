package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Steps 5 and 6: lends a key, tries it, and goes on to the next one while that is safe and useful.
 */
final class Attempts {
    /** Estimate of a JSON body's input tokens: so many bytes make one. */
    private static final long BYTES_PER_TOKEN = 4;

    private final RetryBudget budget = new RetryBudget();
    private final KeyPool pool;
    private final Lendings lendings;
    private final OneAttempt oneAttempt;
    private final LongSupplier nanoTime;

    Attempts(KeyPool pool, OneAttempt oneAttempt, LongSupplier nanoTime) {
        this.pool = pool;
        this.lendings = new Lendings(pool);
        this.oneAttempt = oneAttempt;
        this.nanoTime = nanoTime;
    }

    /**
     * Tries keys until one gives an answer for the client.
     *
     * @throws Refused when the pool has no key, or no attempt gave an answer that may be shown
     */
    AttemptResult run(ForwardedRequest request, Progress progress, CurrentCall current) {
        LendingWish first =
                request.wish()
                        .withInputTokens(inputTokens(request))
                        .alsoPreferring(request.cache().preferred());
        Failover failover = new Failover(first, budget);
        while (true) {
            switch (lendings.lend(failover.wish(), progress)) {
                case Lending.Exhausted exhausted -> throw new Refused(PoolRefusals.of(exhausted));
                case Lending.Lent lent -> {
                    AttemptResult result = attempt(request, lent.lease(), progress, current);
                    failover.tried(lent.lease(), result.outcome(), request.repeatable());
                    if (!request.body().replayable() || !failover.goesOn(pool::canServe)) {
                        return result;
                    }
                }
            }
        }
    }

    /** The answer of the last attempt is over, however it ended. */
    void finished(AttemptResult result, Optional<TokenUsage> usage) {
        if (result instanceof AttemptResult.Open open) {
            OptionalLong read =
                    usage.isPresent()
                            ? OptionalLong.of(usage.get().prompt() + usage.get().toolUse())
                            : OptionalLong.empty();
            pool.finished(open.lease(), read, 0);
        }
    }

    private static long inputTokens(ForwardedRequest request) {
        return request.wish().model().isPresent()
                ? request.body().prefix().length / BYTES_PER_TOKEN
                : 0;
    }

    /** How long until some key can serve the wish: what a 429 may honestly promise. */
    Optional<Duration> earliestOpening(LendingWish wish) {
        return pool.earliestOpening(wish);
    }

    /** An answer that was settled as a success turned out, while it passed, to be this. */
    void turned(KeyLease lease, AttemptOutcome outcome, Progress progress) {
        pool.turned(lease, outcome);
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
}
