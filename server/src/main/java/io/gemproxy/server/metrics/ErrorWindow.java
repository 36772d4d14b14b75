package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ModelLabels;
import io.gemproxy.server.exchange.Rejection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Counts and last examples of failures by class, key, model and window; a success without a failed
 * attempt touches no lock.
 */
public final class ErrorWindow implements FinishedExchange.Listener {
    private static final int EXAMPLES = 50;
    private static final int KEYS = 1000;

    private final InstantSource clock;
    private final Steps steps;
    private final ModelLabels models = new ModelLabels(RequestMetrics.MODEL_BOUND);
    private final Words reasons = new Words(200);
    private final Words keyWords = new Words(KEYS);
    private final ReentrantLock lock = new ReentrantLock();
    private final StepCounts total = new StepCounts();
    private final ErrorCounts byClass = new ErrorCounts();
    private final ErrorCounts byModel = new ErrorCounts();
    private final ErrorCounts byKey = new ErrorCounts();
    private final Deque<ErrorExample> recent = new ArrayDeque<>();

    /**
     * @param clock for the time of examples
     * @param nanoTime the monotonic clock, for the windows
     */
    public ErrorWindow(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        steps = new Steps(nanoTime);
    }

    @Override
    public void finished(FinishedExchange exchange) {
        String model = models.of(exchange);
        for (Attempt attempt : exchange.attempts()) {
            if (blames(attempt.outcome())) {
                failedAttempt(exchange, attempt, model);
            }
        }
        ErrorClass.of(exchange).ifPresent(kind -> failed(exchange, kind, model));
    }

    /** All failures as of now. */
    public Errors read() {
        lock.lock();
        try {
            long step = steps.now();
            return new Errors(
                    ErrorCounts.byWindow(total, step),
                    byClass.read(step),
                    byModel.read(step),
                    byKey.read(step),
                    List.copyOf(recent));
        } finally {
            lock.unlock();
        }
    }

    private void failedAttempt(FinishedExchange exchange, Attempt attempt, String model) {
        ErrorExample example =
                example(
                        exchange,
                        ErrorClass.UPSTREAM,
                        attempt.outcome().label(),
                        model,
                        Optional.of(attempt.key()));
        lock.lock();
        try {
            byKey.add(keyWords.of(attempt.key().value()), steps.now(), example);
        } finally {
            lock.unlock();
        }
    }

    private void failed(FinishedExchange exchange, ErrorClass kind, String model) {
        Optional<KeyId> key =
                exchange.attempts().isEmpty()
                        ? Optional.empty()
                        : Optional.of(exchange.attempts().getLast().key());
        ErrorExample example = example(exchange, kind, reason(exchange), model, key);
        lock.lock();
        try {
            long step = steps.now();
            total.add(step, 1);
            byClass.add(kind.label(), step, example);
            byModel.add(model, step, example);
            remember(example);
        } finally {
            lock.unlock();
        }
    }

    private void remember(ErrorExample example) {
        if (recent.size() == EXAMPLES) {
            recent.removeLast();
        }
        recent.addFirst(example);
    }

    private ErrorExample example(
            FinishedExchange exchange,
            ErrorClass kind,
            String reason,
            String model,
            Optional<KeyId> key) {
        Instant time = clock.instant();
        return new ErrorExample(
                exchange.exchange().id(),
                time,
                kind,
                reasons.of(reason),
                exchange.status(),
                exchange.exchange().target().operation().label(),
                model,
                key);
    }

    private static String reason(FinishedExchange exchange) {
        return exchange.rejection()
                .map(Rejection::reason)
                .or(exchange::errorReason)
                .orElseGet(() -> lastOutcome(exchange.attempts()));
    }

    private static String lastOutcome(List<Attempt> attempts) {
        return attempts.isEmpty() ? "unknown" : attempts.getLast().outcome().label();
    }

    /** Whether the key, its project, Google or the way there failed. */
    private static boolean blames(AttemptOutcome outcome) {
        return switch (outcome) {
            case AttemptOutcome.Succeeded _,
                    AttemptOutcome.ClientFault _,
                    AttemptOutcome.ResourceUnknown _,
                    AttemptOutcome.Abandoned _ ->
                    false;
            case AttemptOutcome.KeyRefused _,
                    AttemptOutcome.ProjectRefused _,
                    AttemptOutcome.ModelWithheld _,
                    AttemptOutcome.QuotaExceeded _,
                    AttemptOutcome.Overloaded _,
                    AttemptOutcome.ServerFault _,
                    AttemptOutcome.EgressRefused _,
                    AttemptOutcome.Unreachable _ ->
                    true;
        };
    }
}
