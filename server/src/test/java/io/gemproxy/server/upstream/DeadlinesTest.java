package io.gemproxy.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Deadlines on a clock that the test turns. */
class DeadlinesTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long NANOS = SECOND.toNanos();

    @Test
    void phaseEndsAfterItsLimitAndNotBefore() {
        Deadlines deadlines = new Deadlines(0, Duration.ofSeconds(100));
        deadlines.arm(5 * NANOS, SECOND);
        assertFalse(deadlines.passed(6 * NANOS));
        assertTrue(deadlines.passed(6 * NANOS + 1));
    }

    @Test
    void disarmedPhaseLastsUntilTheTotal() {
        Deadlines deadlines = new Deadlines(0, Duration.ofSeconds(100));
        deadlines.arm(0, SECOND);
        deadlines.disarm();
        assertFalse(deadlines.passed(100 * NANOS));
        assertTrue(deadlines.passed(100 * NANOS + 1));
    }

    @Test
    void clockMayWrapAround() {
        long start = Long.MAX_VALUE - NANOS / 2;
        Deadlines deadlines = new Deadlines(start, Duration.ofSeconds(100));
        deadlines.arm(start, SECOND);
        assertFalse(deadlines.passed(start + NANOS));
        assertTrue(deadlines.passed(start + NANOS + 1));
    }

    @Test
    void endlessLimitsNeverPass() {
        Deadlines deadlines = new Deadlines(0, Duration.ofSeconds(Long.MAX_VALUE));
        deadlines.arm(NANOS, Duration.ofSeconds(Long.MAX_VALUE));
        assertFalse(deadlines.passed(Long.MAX_VALUE - 1));
    }

    @Test
    void watchdogLooksAtEachExchangeUntilItIsForgotten() {
        AtomicLong clock = new AtomicLong(7);
        List<Long> seen = new ArrayList<>();
        try (Watchdog watchdog = new Watchdog(clock::get, SECOND)) {
            Watchdog.Watched exchange = seen::add;
            watchdog.watch(exchange);
            watchdog.tick();
            clock.set(8);
            watchdog.tick();
            watchdog.forget(exchange);
            watchdog.tick();
        }
        assertEquals(List.of(7L, 8L), seen);
    }
}
