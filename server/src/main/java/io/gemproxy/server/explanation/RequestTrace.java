package io.gemproxy.server.explanation;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is kept of a finished request to explain it: names and numbers, nothing of its content.
 *
 * @param id its name
 * @param startedAt wall clock
 * @param operation what it asked for
 * @param model of which model, if it named one
 * @param client who called, if known
 * @param result how it ended
 * @param status what the client saw; 0 if it left before
 * @param upstreamStatus what Google answered last, if it did
 * @param errorReason a stable word for a failure
 * @param duration from the first byte of the request to the last of the answer
 * @param overhead the proxy's own share of it
 * @param lendings each wish for a key
 * @param attempts each try with one
 */
public record RequestTrace(
        RequestId id,
        Instant startedAt,
        Operation operation,
        Optional<ModelName> model,
        Optional<ClientId> client,
        Result result,
        int status,
        OptionalInt upstreamStatus,
        Optional<String> errorReason,
        Duration duration,
        Duration overhead,
        List<LendingTrace> lendings,
        List<Attempt> attempts)
        implements Kept {

    @Override
    public RequestTrace trace() {
        return this;
    }

    static RequestTrace of(FinishedExchange finished) {
        return new RequestTrace(
                finished.exchange().id(),
                finished.exchange().startedAt(),
                finished.exchange().target().operation(),
                finished.exchange().target().model(),
                finished.client(),
                finished.result(),
                finished.status(),
                finished.upstreamStatus(),
                finished.errorReason(),
                finished.duration(),
                finished.overhead(),
                finished.lendings(),
                finished.attempts());
    }
}
