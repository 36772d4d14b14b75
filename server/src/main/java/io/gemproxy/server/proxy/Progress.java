package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.AnswerTrace;
import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.TokenUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What happens to one exchange, noted as it happens; used by the exchange's own thread only. */
final class Progress {
    private final LongSupplier nanoTime;
    private final LongAdder streams;
    private final List<Attempt> attempts = new ArrayList<>(2);
    private final List<LendingTrace> lendings = new ArrayList<>(2);
    private Exchange exchange;
    private @Nullable ClientId client;
    private @Nullable Rejection rejection;
    private @Nullable String errorReason;
    private @Nullable TokenUsage tokens;
    private @Nullable Cost cost;
    private AnswerTrace answer = AnswerTrace.NONE;
    private @Nullable String madeBatch;
    private @Nullable String batchOver;
    private Map<String, Optional<String>> batchResults = Map.of();
    private Result result = Result.FAILURE;
    private int status;
    private int upstreamStatus;
    private boolean stream;
    private boolean turned;
    private long firstByteNanos;
    private long waitedNanos;
    private long bytesIn;
    private long bytesOut;

    /**
     * @param streams counts the streams being relayed
     */
    Progress(Exchange exchange, LongSupplier nanoTime, LongAdder streams) {
        this.exchange = exchange;
        this.nanoTime = nanoTime;
        this.streams = streams;
    }

    Exchange exchange() {
        return exchange;
    }

    void model(Optional<ModelName> model) {
        if (model.isPresent()) {
            exchange = exchange.withModel(model.get());
        }
    }

    void client(Client caller) {
        client(caller.id());
    }

    void client(ClientId caller) {
        client = caller;
    }

    /** Runs something that waits for others, so that it does not count as our overhead. */
    <T, E extends Exception> T waitingFor(Waiting<T, E> work) throws E {
        long start = nanoTime.getAsLong();
        try {
            return work.run();
        } finally {
            waitedNanos += nanoTime.getAsLong() - start;
        }
    }

    void attempted(Attempt attempt, int upstreamAnswered) {
        attempts.add(attempt);
        upstreamStatus = upstreamAnswered;
    }

    /** The pool was asked for a key. */
    void asked(LendingTrace lending) {
        lendings.add(lending);
    }

    int attempts() {
        return attempts.size();
    }

    void received(long bytes) {
        bytesIn = bytes;
    }

    /** The head and the first bytes of an answer leave. */
    void answering(int answered, boolean asStream) {
        status = answered;
        stream = asStream;
        if (asStream) {
            streams.increment();
        }
    }

    void sent(long bytes) {
        if (firstByteNanos == 0) {
            firstByteNanos = nanoTime.getAsLong();
        }
        bytesOut += bytes;
    }

    void tokens(TokenUsage usage) {
        tokens = usage;
    }

    /** What was noted of the answer. */
    void noted(AnswerTrace trace) {
        answer = trace;
    }

    /** Body bytes sent so far. */
    long bytesOut() {
        return bytesOut;
    }

    /** Whether Google's answer is a good one, as far as it has come. */
    boolean isAnsweredWell() {
        return status >= 200 && status < 300 && !turned;
    }

    /** What the counted tokens cost. */
    void cost(Cost counted) {
        cost = counted;
    }

    /** Google has made a batch, under that name. */
    void madeBatch(String name) {
        madeBatch = name;
    }

    Optional<String> madeBatch() {
        return Optional.ofNullable(madeBatch);
    }

    /** What a batch used is known now, for the first time. */
    void batchOver(String name) {
        batchOver = name;
    }

    Optional<String> batchOver() {
        return Optional.ofNullable(batchOver);
    }

    /** Batches and the files in which their results are; empty for those that were read before. */
    void batchResults(Map<String, Optional<String>> places) {
        batchResults = places;
    }

    Map<String, Optional<String>> batchResults() {
        return batchResults;
    }

    /** What was counted, if the answer said. */
    Optional<TokenUsage> usage() {
        return Optional.ofNullable(tokens);
    }

    /** What was charged for it, if that is known. */
    Optional<Cost> charged() {
        return Optional.ofNullable(cost);
    }

    /** What came of the last attempt, if one was made. */
    Optional<AttemptOutcome> lastOutcome() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast().outcome());
    }

    void completed() {
        result = status < 400 && !turned ? Result.SUCCESS : Result.FAILURE;
    }

    /** An answer that began well says that the last attempt failed. */
    void turned(AttemptOutcome outcome) {
        Attempt last = attempts.removeLast();
        attempts.add(new Attempt(last.key(), last.project(), outcome, last.took()));
        errorReason = outcome.reason();
        turned = true;
    }

    void rejected(Rejection because) {
        rejection = because;
        errorReason = because.reason();
        status = because.status();
        result = because.status() < 500 ? Result.DENIED : Result.FAILURE;
    }

    void failed(String reason) {
        errorReason = reason;
        result = Result.FAILURE;
    }

    void reason(String reason) {
        errorReason = reason;
    }

    void abortedByClient() {
        errorReason = "client_gone";
        result = Result.ABORTED;
    }

    boolean hasTurned() {
        return turned;
    }

    /** The connection ends now; if nobody said why, it is because the client left. */
    void closing() {
        if (errorReason == null) {
            abortedByClient();
        }
    }

    /** The proxy's own share so far. */
    Duration overhead() {
        return Duration.ofNanos(Math.max(0, elapsed() - waitedNanos));
    }

    FinishedExchange finish() {
        if (stream) {
            streams.decrement();
        }
        return new FinishedExchange(
                exchange,
                Optional.ofNullable(client),
                result,
                status,
                upstreamStatus == 0 ? OptionalInt.empty() : OptionalInt.of(upstreamStatus),
                lendings,
                attempts,
                stream,
                firstByteNanos == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(firstByteNanos - exchange.startedNanos())),
                Duration.ofNanos(elapsed()),
                overhead(),
                bytesIn,
                bytesOut,
                Optional.ofNullable(tokens),
                Optional.ofNullable(cost),
                Optional.ofNullable(rejection),
                Optional.ofNullable(errorReason),
                answer);
    }

    /** Since the first byte of the request, in nanoseconds. */
    long elapsed() {
        return nanoTime.getAsLong() - exchange.startedNanos();
    }

    /** Work that blocks on others. */
    @FunctionalInterface
    interface Waiting<T, E extends Exception> {
        T run() throws E;
    }
}
