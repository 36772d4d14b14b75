package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RefusalRecorderTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final GeminiTarget KNOWN =
            new GeminiTarget(
                    "/v1/models/m:generateContent",
                    Dialect.NATIVE,
                    Operation.GENERATE,
                    Optional.of(new ModelName("m")),
                    Optional.empty());

    private static FinishedExchange record(Optional<RequestLine> line, boolean delivered) {
        List<FinishedExchange> told = new ArrayList<>();
        RefusalRecorder recorder =
                new RefusalRecorder(
                        (method, path, query) ->
                                Optional.of(KNOWN).filter(target -> target.path().equals(path)),
                        InstantSource.fixed(NOW),
                        () -> Duration.ofSeconds(12).toNanos(),
                        told::add);
        recorder.accept(
                new RefusedHead(
                        new RequestId("01ID"),
                        WireFault.HEADERS_TOO_LARGE,
                        line,
                        "192.0.2.7",
                        Duration.ofSeconds(10).toNanos(),
                        321,
                        delivered));
        assertEquals(1, told.size());
        return told.getFirst();
    }

    private static Optional<RequestLine> post(String path) {
        return Optional.of(new RequestLine("POST", Optional.of(path)));
    }

    @Test
    void aRefusalIsDeniedWithItsStatusItsReasonAndItsTimes() {
        FinishedExchange it = record(post(KNOWN.path()), true);
        assertEquals(Result.DENIED, it.result());
        assertEquals(431, it.status());
        assertEquals(Optional.of("HEADERS_TOO_LARGE"), it.errorReason());
        assertEquals(321, it.bytesOut());
        assertEquals(Duration.ofSeconds(2), it.duration());
        assertEquals(NOW.minusSeconds(2), it.exchange().startedAt());
        assertEquals("01ID", it.exchange().id().value());
        assertEquals("192.0.2.7", it.exchange().sourceIp());
        assertEquals(Optional.empty(), it.exchange().userAgent());
        assertEquals("POST", it.exchange().method());
        assertEquals(KNOWN, it.exchange().target());
    }

    @Test
    void aPathOutsideTheApiIsOfNoOperation() {
        GeminiTarget target = record(post("/x" + "y".repeat(1000)), true).exchange().target();
        assertEquals("/x" + "y".repeat(254), target.path());
        assertEquals(Operation.OTHER, target.operation());
    }

    @Test
    void whatIsNotCertainStaysEmpty() {
        FinishedExchange none = record(Optional.empty(), true);
        assertEquals("", none.exchange().method());
        assertEquals("", none.exchange().target().path());
        RequestLine pathless = new RequestLine("GET", Optional.empty());
        FinishedExchange get = record(Optional.of(pathless), true);
        assertEquals("GET", get.exchange().method());
        assertEquals("", get.exchange().target().path());
    }

    @Test
    void anAnswerThatNobodyTookIsAborted() {
        FinishedExchange it = record(Optional.empty(), false);
        assertEquals(Result.ABORTED, it.result());
        assertEquals(0, it.bytesOut());
    }
}
