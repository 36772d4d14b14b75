package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.ErrorExcerpt;
import io.gemproxy.server.exchange.OutgoingTrace;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.keys.KeyLease;
import io.gemproxy.server.keys.KeyPool;
import io.gemproxy.server.keys.Lending;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.upstream.UpstreamException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
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
    private final OutgoingTrace traces;
    private final ErrorExcerpts excerpts;
    private final RetryPause pauses;
    private final LongSupplier nanoTime;

    Attempts(
            KeyPool pool,
            OneAttempt oneAttempt,
            OutgoingTrace traces,
            ErrorExcerpts excerpts,
            RetryPause pauses,
            LongSupplier nanoTime) {
        this.pool = pool;
        this.lendings = new Lendings(pool);
        this.oneAttempt = oneAttempt;
        this.traces = traces;
        this.excerpts = excerpts;
        this.pauses = pauses;
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
        Duration pause = Duration.ZERO;
        while (true) {
            switch (lendings.lend(failover.wish(), pause, progress)) {
                case Lending.Exhausted exhausted -> throw new Refused(PoolRefusals.of(exhausted));
                case Lending.Lent lent -> {
                    AttemptResult result = attempt(request, lent.lease(), progress, current);
                    failover.tried(lent.lease(), result.outcome(), request.repeatable());
                    pause = pauses.before(failover.nextBlindRetry());
                    if (!request.body().replayable()
                            || endsTooLate(pause, request, progress)
                            || !failover.goesOn(pool::canServe)) {
                        return result;
                    }
                    if (!passes(pause, progress, current)) {
                        return abandoned();
                    }
                }
            }
        }
    }

    /** Nobody is there for the answer to another attempt once the client's deadline has passed. */
    private static boolean endsTooLate(
            Duration pause, ForwardedRequest request, Progress progress) {
        Duration end = Duration.ofNanos(progress.elapsed()).plus(pause);
        return !pause.isZero()
                && request.firstByteTimeout().filter(most -> end.compareTo(most) >= 0).isPresent();
    }

    private boolean passes(Duration pause, Progress progress, CurrentCall current) {
        return progress.waitingFor(() -> pauses.pass(pause, current));
    }

    private static AttemptResult abandoned() {
        return new AttemptResult.Broken(
                new UpstreamException(
                        UpstreamException.Fault.ABORTED,
                        false,
                        "the client left before a retry",
                        new CancellationException()),
                new AttemptOutcome.Abandoned());
    }

    /** The answer of the last attempt is over, however it ended. */
    void finished(AttemptResult result, Optional<TokenUsage> usage, Optional<Cost> cost) {
        if (result instanceof AttemptResult.Open open) {
            OptionalLong read =
                    usage.isPresent()
                            ? OptionalLong.of(usage.get().prompt() + usage.get().toolUse())
                            : OptionalLong.empty();
            pool.finished(open.lease(), read, cost.map(Cost::microdollars).orElse(0L));
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
    void turned(KeyLease lease, AttemptOutcome outcome, ErrorExcerpt said, Progress progress) {
        pool.turned(lease, outcome, said);
        progress.turned(outcome);
    }

    /** Runs a step with an answer in hand that is over if the step fails. */
    void holding(AttemptResult result, Runnable step) {
        boolean done = false;
        try {
            step.run();
            done = true;
        } finally {
            if (!done) {
                drop(result);
            }
        }
    }

    /** Nobody will read the answer. */
    void drop(AttemptResult result) {
        if (result instanceof AttemptResult.Open open) {
            try (var _ = open.response()) {
                finished(open, Optional.empty(), Optional.empty());
            }
        }
    }

    private AttemptResult attempt(
            ForwardedRequest request, KeyLease lease, Progress progress, CurrentCall current) {
        long start = nanoTime.getAsLong();
        AttemptResult result = answered(request, lease, progress, current);
        AttemptOutcome outcome = result.outcome();
        holding(result, () -> pool.settle(lease, outcome, excerpts.of(result)));
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        progress.attempted(
                new Attempt(lease.key(), lease.project(), outcome, took), result.status());
        return result;
    }

    /** A bug on the way must not leave the key busy for ever. */
    private AttemptResult answered(
            ForwardedRequest request, KeyLease lease, Progress progress, CurrentCall current) {
        AttemptResult result = null;
        try {
            request.cache().sent(lease.project());
            ForwardedRequest traced =
                    traces.parent(progress.exchange(), progress.attempts())
                            .map(request::tracedBy)
                            .orElse(request);
            result = progress.waitingFor(() -> oneAttempt.run(traced, lease, current));
            return result;
        } finally {
            if (result == null) {
                pool.settle(lease, new AttemptOutcome.Abandoned());
            }
        }
    }
}
