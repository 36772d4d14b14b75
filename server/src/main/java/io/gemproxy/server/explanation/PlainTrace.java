package io.gemproxy.server.explanation;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.exchange.SkippedKeys;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The usual request, one key asked once and well, in a form that weighs little: thousands a second
 * are kept just long enough for the garbage collector to move them about.
 */
final class PlainTrace implements Kept {
    private final RequestId id;
    private final Operation operation;
    private final @Nullable ModelName model;
    private final @Nullable ClientId client;
    private final @Nullable ProjectId wished;
    private final KeyId key;
    private final ProjectId project;
    private final Instant startedAt;
    private final long durationNanos;
    private final long overheadNanos;
    private final long afterNanos;
    private final long tookNanos;
    private final int status;
    private final int upstreamStatus;
    private final int candidates;

    private PlainTrace(RequestTrace trace, LendingTrace lending, Attempt attempt) {
        id = trace.id();
        operation = trace.operation();
        model = trace.model().orElse(null);
        client = trace.client().orElse(null);
        wished = lending.project().orElse(null);
        key = attempt.key();
        project = attempt.project();
        startedAt = trace.startedAt();
        durationNanos = trace.duration().toNanos();
        overheadNanos = trace.overhead().toNanos();
        afterNanos = lending.after().toNanos();
        tookNanos = attempt.took().toNanos();
        status = trace.status();
        upstreamStatus = trace.upstreamStatus().orElse(0);
        candidates = lending.candidates();
    }

    /** The trace in this form if it fits, else as it is. */
    static Kept of(RequestTrace trace) {
        boolean plain =
                trace.result() == Result.SUCCESS
                        && trace.errorReason().isEmpty()
                        && trace.lendings().size() == 1
                        && trace.attempts().size() == 1
                        && trace.attempts().getFirst().outcome() instanceof AttemptOutcome.Succeeded
                        && isPlain(trace.lendings().getFirst(), trace.attempts().getFirst());
        return plain
                ? new PlainTrace(trace, trace.lendings().getFirst(), trace.attempts().getFirst())
                : trace;
    }

    private static boolean isPlain(LendingTrace lending, Attempt attempt) {
        return lending.pause().isZero()
                && lending.only().isEmpty()
                && lending.refusal().isEmpty()
                && lending.retryAfter().isEmpty()
                && lending.passedOver().isEmpty()
                && lending.lent().equals(Optional.of(attempt.key()));
    }

    @Override
    public RequestId id() {
        return id;
    }

    @Override
    public RequestTrace trace() {
        return new RequestTrace(
                id,
                startedAt,
                operation,
                Optional.ofNullable(model),
                Optional.ofNullable(client),
                Result.SUCCESS,
                status,
                upstreamStatus == 0 ? OptionalInt.empty() : OptionalInt.of(upstreamStatus),
                Optional.empty(),
                Duration.ofNanos(durationNanos),
                Duration.ofNanos(overheadNanos),
                List.of(lending()),
                List.of(
                        new Attempt(
                                key,
                                project,
                                new AttemptOutcome.Succeeded(),
                                Duration.ofNanos(tookNanos))));
    }

    private LendingTrace lending() {
        return new LendingTrace(
                Duration.ofNanos(afterNanos),
                Duration.ZERO,
                Optional.ofNullable(wished),
                Optional.empty(),
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                candidates,
                SkippedKeys.NONE);
    }
}
