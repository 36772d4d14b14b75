package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An exchange after its last byte: what accounting, metrics and audit read.
 *
 * @param exchange the request
 * @param client who called, if known
 * @param result how it ended
 * @param status what the client saw; 0 if it left before
 * @param upstreamStatus what Google answered last, if it did
 * @param lendings each wish for a key and the pool's answer, in order
 * @param attempts in order; empty if none was made
 * @param stream whether the answer was relayed as a stream
 * @param timeToFirstByte from the start to the first byte of the answer's body
 * @param duration from the first byte of the request to the last of the answer
 * @param overhead the proxy's own share: duration less the time spent waiting for Google, before a
 *     retry and for the client
 * @param bytesIn body bytes received
 * @param bytesOut body bytes sent
 * @param tokens what the answer's usage metadata says
 * @param cost what that cost; empty if nothing was counted
 * @param rejection why the proxy refused, if it did
 * @param errorReason a stable word for a failure, never a text from outside
 * @param answer what was noted of the answer; nothing unless somebody is told
 */
public record FinishedExchange(
        Exchange exchange,
        Optional<ClientId> client,
        Result result,
        int status,
        OptionalInt upstreamStatus,
        List<LendingTrace> lendings,
        List<Attempt> attempts,
        boolean stream,
        Optional<Duration> timeToFirstByte,
        Duration duration,
        Duration overhead,
        long bytesIn,
        long bytesOut,
        Optional<TokenUsage> tokens,
        Optional<Cost> cost,
        Optional<Rejection> rejection,
        Optional<String> errorReason,
        AnswerTrace answer) {

    /** An exchange of whose answer nothing was noted. */
    public FinishedExchange(
            Exchange exchange,
            Optional<ClientId> client,
            Result result,
            int status,
            OptionalInt upstreamStatus,
            List<LendingTrace> lendings,
            List<Attempt> attempts,
            boolean stream,
            Optional<Duration> timeToFirstByte,
            Duration duration,
            Duration overhead,
            long bytesIn,
            long bytesOut,
            Optional<TokenUsage> tokens,
            Optional<Cost> cost,
            Optional<Rejection> rejection,
            Optional<String> errorReason) {
        this(
                exchange,
                client,
                result,
                status,
                upstreamStatus,
                lendings,
                attempts,
                stream,
                timeToFirstByte,
                duration,
                overhead,
                bytesIn,
                bytesOut,
                tokens,
                cost,
                rejection,
                errorReason,
                AnswerTrace.NONE);
    }

    /** The same, with what was noted of its answer. */
    public FinishedExchange with(AnswerTrace noted) {
        return new FinishedExchange(
                exchange,
                client,
                result,
                status,
                upstreamStatus,
                lendings,
                attempts,
                stream,
                timeToFirstByte,
                duration,
                overhead,
                bytesIn,
                bytesOut,
                tokens,
                cost,
                rejection,
                errorReason,
                noted);
    }

    /**
     * Is told of each exchange exactly once, on the thread that served it; must not block and must
     * not throw.
     */
    @FunctionalInterface
    public interface Listener {
        void finished(FinishedExchange exchange);
    }
}
