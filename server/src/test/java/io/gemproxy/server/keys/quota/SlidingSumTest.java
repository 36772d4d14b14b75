package io.gemproxy.server.keys.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlidingSumTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = 60 * SECOND;

    private record Added(long at, long amount) {}

    @Test
    void noWindowOfAMinuteHoldsMoreThanTheLimit() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            long limit = 1L + random.nextInt(50);
            SlidingSum sum = new SlidingSum(Duration.ofMinutes(1), Duration.ofSeconds(1));
            ArrayDeque<Added> added = new ArrayDeque<>();
            long now = random.nextLong() >> 8;
            for (int i = 0; i < 400; i++) {
                now += random.nextLong(4 * MINUTE / limit);
                long amount = 1L + random.nextInt((int) limit);
                if (sum.opening(now, amount, limit) <= now) {
                    sum.add(now, amount);
                    added.addLast(new Added(now, amount));
                }
                while (!added.isEmpty() && added.peekFirst().at() <= now - MINUTE) {
                    added.removeFirst();
                }
                long held = added.stream().mapToLong(Added::amount).sum();
                assertTrue(held <= limit, "seed " + seed);
            }
        }
    }

    @Test
    void theOpeningIsTheFirstMomentAtWhichItFits() {
        SlidingSum sum = new SlidingSum(Duration.ofMinutes(1), Duration.ofSeconds(1));
        sum.add(0, 3);
        sum.add(10 * SECOND, 2);
        assertEquals(61 * SECOND, sum.opening(20 * SECOND, 1, 5));
        assertEquals(71 * SECOND, sum.opening(20 * SECOND, 4, 5));
        assertEquals(20 * SECOND, sum.opening(20 * SECOND, 1, 6));
        assertEquals(71 * SECOND, sum.opening(20 * SECOND, 900, 5));
    }

    @Test
    void aCorrectionOfWhatHasLeftTheWindowChangesNothing() {
        SlidingSum sum = new SlidingSum(Duration.ofMinutes(1), Duration.ofSeconds(1));
        sum.add(0, 100);
        sum.correct(0, 5 * SECOND, -40);
        assertEquals(60, sum.total(5 * SECOND));
        sum.correct(0, 200 * SECOND, -40);
        assertEquals(0, sum.total(200 * SECOND));
    }
}
