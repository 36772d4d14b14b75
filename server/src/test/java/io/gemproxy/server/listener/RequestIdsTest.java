package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RequestIdsTest {
    @Test
    void idsGrowEvenWhenTheClockStandsStill() {
        RequestIds ids =
                new RequestIds(
                        InstantSource.fixed(Instant.parse("2026-11-21T00:00:00Z")),
                        new SplittableRandom(7));
        String last = "";
        for (int i = 0; i < 100_000; i++) {
            String next = ids.next().value();
            assertEquals(26, next.length());
            assertTrue(next.compareTo(last) > 0, last + " then " + next);
            last = next;
        }
    }
}
