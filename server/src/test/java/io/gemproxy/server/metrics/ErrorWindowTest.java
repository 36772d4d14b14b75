package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.Rejection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ErrorWindowTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final AtomicLong nanos = new AtomicLong();
    private final ErrorWindow errors = new ErrorWindow(InstantSource.fixed(NOW), nanos::get);

    @Test
    void aSuccessIsNoError() {
        errors.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "k"));

        assertEquals(0, errors.read().total().get(Window.SINCE_START));
        assertTrue(errors.read().classes().isEmpty());
    }

    @Test
    void countsByClassAndModelWithTheLastExample() {
        errors.finished(FinishedExchanges.success("gemini-a", Duration.ofMillis(1), "k"));
        errors.finished(
                FinishedExchanges.failure(
                        "gemini-a", 500, new AttemptOutcome.ServerFault(500), "k"));
        errors.finished(FinishedExchanges.refused("x", new Rejection.Unauthenticated("expired")));

        Errors read = errors.read();

        assertEquals(1, count(read.classes(), "upstream").byWindow().get(Window.ONE_MINUTE));
        ErrorExample last = count(read.classes(), "upstream").last();
        assertEquals("server_fault", last.reason());
        assertEquals(NOW, last.time());
        assertEquals(Optional.of(new KeyId("k")), last.key());
        assertEquals(1, count(read.classes(), "authentication").byWindow().get(Window.SINCE_START));
        assertEquals(1, count(read.models(), "gemini-a").byWindow().get(Window.FIVE_MINUTES));
        assertEquals("CREDENTIAL_INVALID", read.recent().getFirst().reason());
    }

    @Test
    void aRefusalOnTheWireIsTheClientsFaultWhateverItsStatus() {
        errors.finished(FinishedExchanges.refused("m", new Rejection.Unsupported("no")));

        assertEquals(501, count(errors.read().classes(), "client_fault").last().status());
    }

    @Test
    void anErrorInsideAGoodAnswerIsOfTheClassOfTheError() {
        errors.finished(
                FinishedExchanges.failure(
                        "m",
                        200,
                        AttemptOutcome.QuotaExceeded.of(
                                QuotaKind.REQUESTS_PER_MINUTE, Optional.empty()),
                        "k"));
        errors.finished(
                FinishedExchanges.failure("m", 200, new AttemptOutcome.ClientFault(400), "k"));
        errors.finished(FinishedExchanges.failure("m", 200, new AttemptOutcome.Overloaded(), "k"));

        assertEquals(
                Set.of("rate_limit", "client_fault", "upstream"), errors.read().classes().keySet());
    }

    @Test
    void blamesAKeyEvenWhenAnotherMadeItGood() {
        errors.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "bad", "good"));

        Errors read = errors.read();

        assertEquals(Map.of(), read.classes());
        assertEquals(1, count(read.keys(), "bad").byWindow().get(Window.ONE_MINUTE));
        assertFalse(read.keys().containsKey("good"));
    }

    @Test
    void forgetsOldOnesInTheShortWindow() {
        errors.finished(FinishedExchanges.refused("m", new Rejection.Unauthenticated("x")));
        nanos.addAndGet(Duration.ofSeconds(100).toNanos());

        Map<Window, Long> counts = count(errors.read().classes(), "authentication").byWindow();

        assertEquals(0, counts.get(Window.ONE_MINUTE));
        assertEquals(1, counts.get(Window.FIVE_MINUTES));
        assertEquals(1, counts.get(Window.SINCE_START));
    }

    @Test
    void keepsTheNewestFiftyExamples() {
        for (int i = 0; i < 80; i++) {
            errors.finished(
                    FinishedExchanges.refused("m", new Rejection.Invalid("REASON_" + i, "no")));
        }

        assertEquals(50, errors.read().recent().size());
        assertEquals("REASON_79", errors.read().recent().getFirst().reason());
    }

    @Test
    void staysBoundedUnderInventedModelsAndReasons() {
        for (int i = 0; i < 5000; i++) {
            errors.finished(
                    FinishedExchanges.refused("m" + i, new Rejection.Invalid("R" + i, "no")));
        }

        assertEquals(1, errors.read().models().size());
        assertEquals("other", errors.read().recent().getFirst().reason());
    }

    private static Errors.Count count(Map<String, Errors.Count> counts, String label) {
        Errors.Count count = counts.get(label);
        if (count == null) {
            throw new AssertionError("no " + label + " in " + counts.keySet());
        }
        return count;
    }
}
