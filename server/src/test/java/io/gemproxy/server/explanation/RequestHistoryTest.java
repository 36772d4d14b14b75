package io.gemproxy.server.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestHistoryTest {
    @Test
    void theLastOnesAreFoundAndTheOldestGiveWay() {
        RequestHistory history = new RequestHistory(3);
        for (int i = 0; i < 5; i++) {
            history.finished(exchange("id-" + i));
        }

        assertTrue(history.find(new RequestId("id-1")).isEmpty());
        for (int i = 2; i < 5; i++) {
            assertEquals(
                    "id-" + i, history.find(new RequestId("id-" + i)).orElseThrow().id().value());
        }
    }

    @Test
    void tenThousandAreKept() {
        RequestHistory history = new RequestHistory();
        for (int i = 0; i <= RequestHistory.KEPT; i++) {
            history.finished(exchange("id-" + i));
        }

        assertEquals(10_000, RequestHistory.KEPT);
        assertTrue(history.find(new RequestId("id-0")).isEmpty());
        assertTrue(history.find(new RequestId("id-1")).isPresent());
        assertTrue(history.find(new RequestId("id-10000")).isPresent());
    }

    @Test
    void manyThreadsLoseNothing() {
        RequestHistory history = new RequestHistory(1000);

        IntStream.range(0, 1000).parallel().forEach(i -> history.finished(exchange("id-" + i)));

        for (int i = 0; i < 1000; i++) {
            assertTrue(history.find(new RequestId("id-" + i)).isPresent());
        }
    }

    private static FinishedExchange exchange(String id) {
        return new FinishedExchange(
                new Exchange(
                        new RequestId(id),
                        Optional.empty(),
                        Instant.EPOCH,
                        0,
                        "POST",
                        new GeminiTarget(
                                "/v1beta/models/m:generateContent",
                                Dialect.NATIVE,
                                Operation.GENERATE,
                                Optional.of(new ModelName("m")),
                                Optional.empty()),
                        "192.0.2.7",
                        Optional.empty()),
                Optional.empty(),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Duration.ofMillis(5),
                Duration.ofMillis(1),
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
