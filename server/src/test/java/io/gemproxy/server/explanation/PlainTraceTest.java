package io.gemproxy.server.explanation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.LendingTrace;
import io.gemproxy.server.exchange.PassedOver;
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
import org.junit.jupiter.api.Test;

class PlainTraceTest {
    private static final KeyId KEY = new KeyId("a");
    private static final ProjectId PROJECT = new ProjectId("p");

    @Test
    void theUsualRequestIsKeptLightAndToldInFull() {
        RequestTrace usual = usual(List.of(), new AttemptOutcome.Succeeded(), Optional.of(PROJECT));
        assertEquals(usual, assertInstanceOf(PlainTrace.class, PlainTrace.of(usual)).trace());
        RequestTrace unbound = usual(List.of(), new AttemptOutcome.Succeeded(), Optional.empty());
        assertEquals(unbound, assertInstanceOf(PlainTrace.class, PlainTrace.of(unbound)).trace());
    }

    @Test
    void anyOtherIsKeptAsItIs() {
        RequestTrace failed =
                usual(List.of(), new AttemptOutcome.ServerFault(500), Optional.empty());
        assertSame(failed, PlainTrace.of(failed));
        PassedOver other = new PassedOver(new KeyId("b"), "disabled", Optional.empty());
        RequestTrace choosy =
                usual(List.of(other), new AttemptOutcome.Succeeded(), Optional.empty());
        assertSame(choosy, PlainTrace.of(choosy));
    }

    private static RequestTrace usual(
            List<PassedOver> passedOver, AttemptOutcome outcome, Optional<ProjectId> wished) {
        return new RequestTrace(
                new RequestId("id"),
                Instant.ofEpochSecond(7, 123_456_789),
                Operation.GENERATE,
                Optional.of(new ModelName("m")),
                Optional.of(new ClientId("ci")),
                Result.SUCCESS,
                200,
                OptionalInt.of(200),
                Optional.empty(),
                Duration.ofMillis(5),
                Duration.ofNanos(1_234),
                List.of(
                        new LendingTrace(
                                Duration.ofNanos(99),
                                Duration.ZERO,
                                wished,
                                Optional.empty(),
                                Optional.of(KEY),
                                Optional.empty(),
                                Optional.empty(),
                                3,
                                new SkippedKeys(passedOver, List.of()))),
                List.of(new Attempt(KEY, PROJECT, outcome, Duration.ofMillis(4))));
    }
}
