package io.gemproxy.server.keys;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Test
    void noWindowOfAMinuteHoldsMoreThanTheLimit() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            int limit = 1 + random.nextInt(40);
            RequestWindow window = new RequestWindow(limit);
            ArrayDeque<Long> admitted = new ArrayDeque<>();
            long now = random.nextLong(1_000_000_000L);
            for (int i = 0; i < 500; i++) {
                now += random.nextLong(3 * MINUTE / limit);
                if (window.opening(now) <= now) {
                    window.admit(now);
                    admitted.addLast(now);
                }
                while (!admitted.isEmpty() && admitted.peekFirst() <= now - MINUTE) {
                    admitted.removeFirst();
                }
                assertTrue(admitted.size() <= limit, "seed " + seed);
            }
        }
    }
}
