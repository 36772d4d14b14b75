package io.gemproxy.server.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final long MILLION_DOLLARS = 1_000_000_000_000_000_000L;

    @Test
    void bothTogetherAreTheirSums() {
        Estimate some = new Estimate(1, 2, 3, 4, true);
        assertEquals(
                new Estimate(11, 22, 33, 44, true), some.plus(new Estimate(10, 20, 30, 40, true)));
        assertFalse(some.plus(new Estimate(0, 0, 0, 0, false)).priced());
    }

    @Test
    void noNumberOfThemIsLessThanOne() {
        Estimate dear = new Estimate(1L << 60, 1L << 60, MILLION_DOLLARS, MILLION_DOLLARS, true);
        Estimate all = Estimate.NOTHING;
        for (int i = 0; i < 100; i++) {
            all = all.plus(dear);
            assertTrue(all.tokens() >= 1L << 60, all::toString);
            assertTrue(all.picodollars() >= MILLION_DOLLARS, all::toString);
        }
    }
}
