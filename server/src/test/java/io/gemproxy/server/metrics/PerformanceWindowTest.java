package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Result;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PerformanceWindowTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final PerformanceWindow window = new PerformanceWindow(nanos::get);

    @Test
    void saysNothingOfRatesItCannotKnow() {
        Performance performance = window.read().getFirst();

        assertEquals(0, performance.requests());
        assertEquals(OptionalDouble.empty(), performance.successRate());
        assertTrue(performance.duration().p50().isEmpty());
    }

    @Test
    void tellsPercentilesToOnePercent() {
        for (int i = 1; i <= 1000; i++) {
            window.finished(FinishedExchanges.success("m", Duration.ofMillis(i), "k"));
        }

        Percentiles duration = window.read().getFirst().duration();

        assertNear(500, duration.p50().orElseThrow());
        assertNear(950, duration.p95().orElseThrow());
        assertNear(990, duration.p99().orElseThrow());
        assertNear(250, window.read().getFirst().timeToFirstByte().p50().orElseThrow());
        assertNear(300, window.read().getFirst().overhead().p50().orElseThrow().multipliedBy(1000));
    }

    @Test
    void forgetsInTheShortWindowsWhatTheLongOnesKeep() {
        feed(60);
        pass(Duration.ofSeconds(90));
        feed(30);

        assertEquals(30, window.read().get(0).requests());
        assertEquals(90, window.read().get(1).requests());
        assertEquals(90, window.read().get(2).requests());

        pass(Duration.ofMinutes(10));

        assertEquals(0, window.read().get(0).requests());
        assertEquals(0, window.read().get(1).requests());
        assertEquals(90, window.read().get(2).requests());
        assertEquals(0, window.read().get(1).duration().count());
        assertEquals(90, window.read().get(2).duration().count());
    }

    @Test
    void keepsASteadyRateTrueOverAnyLength() {
        for (int second = 0; second < 900; second++) {
            feed(7);
            pass(Duration.ofSeconds(1));
        }

        for (Performance performance : window.read()) {
            assertEquals(7, performance.requestsPerSecond(), 0.01, performance.window().label());
        }
        assertEquals(Duration.ofSeconds(50), window.read().get(0).covered());
    }

    @Test
    void countsSuccessAmongAllRequests() {
        feed(3);
        window.finished(
                FinishedExchanges.failure("m", 500, new AttemptOutcome.ServerFault(500), "k"));

        Performance performance = window.read().getFirst();

        assertEquals(0.75, performance.successRate().orElseThrow());
        assertEquals(1, performance.results().get(Result.FAILURE));
    }

    @Test
    void losesNoRequestWhileManyRecordAndTheClockMovesOn() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < 8; t++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5000; i++) {
                        nanos.addAndGet(1_000_000);
                        feed(1);
                        if (i % 100 == 0) {
                            window.read();
                        }
                    }
                });
            }
        }

        Performance total = window.read().get(2);
        assertEquals(40_000, total.requests());
        assertEquals(40_000, total.duration().count());
    }

    private void feed(int count) {
        for (int i = 0; i < count; i++) {
            window.finished(FinishedExchanges.success("m", Duration.ofMillis(10), "k"));
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void assertNear(long millis, Duration actual) {
        assertTrue(Math.abs(actual.toMillis() - millis) <= 0.011 * millis, actual::toString);
    }
}
