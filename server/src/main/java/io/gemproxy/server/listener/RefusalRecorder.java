package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.LogContext;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.GeminiTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Makes a finished exchange of a head that was refused on the wire. It says of the request only
 * what its first line says for certain, and nothing of its fields.
 *
 * @param listener is told of each
 */
record RefusalRecorder(
        TargetParser targets,
        InstantSource clock,
        LongSupplier nanoTime,
        FinishedExchange.Listener listener)
        implements Consumer<RefusedHead> {
    private static final System.Logger LOG = System.getLogger(RefusalRecorder.class.getName());

    @Override
    public void accept(RefusedHead refused) {
        FinishedExchange finished = finished(refused);
        ScopedValue.where(LogContext.REQUEST_ID, refused.id())
                .run(() ->
                        LOG.log(
                                System.Logger.Level.DEBUG,
                                "refused on the wire: {0} {1}",
                                refused.fault().status(),
                                refused.fault()));
        listener.finished(finished);
    }

    private FinishedExchange finished(RefusedHead refused) {
        Duration took =
                Duration.ofNanos(Math.max(0, nanoTime.getAsLong() - refused.startedNanos()));
        return new FinishedExchange(
                exchange(refused, took),
                Optional.empty(),
                refused.delivered() ? Result.DENIED : Result.ABORTED,
                refused.fault().status(),
                OptionalInt.empty(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                took,
                Duration.ZERO,
                0,
                refused.delivered() ? refused.answerBytes() : 0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(refused.fault().name()));
    }

    private Exchange exchange(RefusedHead refused, Duration took) {
        return new Exchange(
                refused.id(),
                Optional.empty(),
                clock.instant().minus(took),
                refused.startedNanos(),
                refused.line().map(RequestLine::method).orElse(""),
                refused.line().map(this::target).orElseGet(() -> Routes.nowhere("")),
                refused.sourceIp(),
                Optional.empty());
    }

    private GeminiTarget target(RequestLine line) {
        return line.path()
                .flatMap(path -> targets.parse(line.method(), path, ""))
                .orElseGet(() -> Routes.nowhere(line.path().orElse("")));
    }
}
