package io.gemproxy.server.keys.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final CircuitBreaker breaker =
            new CircuitBreaker(
                    new BreakerConfig(3, Duration.ofSeconds(10), Duration.ofSeconds(30)));

    private void fail(int times, long at) {
        for (int i = 0; i < times; i++) {
            breaker.failed(at, true);
        }
    }

    @Test
    void opensAfterFailuresInARowOnly() {
        fail(2, 0);
        breaker.succeeded();
        fail(2, 0);
        assertEquals(CircuitBreaker.State.CLOSED, breaker.state());
        fail(1, 0);
        assertEquals(CircuitBreaker.State.OPEN, breaker.state());
        assertFalse(breaker.admits(9 * SECOND));
        assertTrue(breaker.admits(10 * SECOND));
    }

    @Test
    void oneRequestAtATimeFindsOutAndTwoSuccessesClose() {
        fail(3, 0);
        assertTrue(breaker.enter(10 * SECOND));
        assertFalse(breaker.enter(10 * SECOND));
        assertFalse(breaker.succeeded());
        assertTrue(breaker.enter(11 * SECOND));
        assertTrue(breaker.succeeded());
        assertEquals(CircuitBreaker.State.CLOSED, breaker.state());
    }

    @Test
    void restsTwiceAsLongEachTimeItFailsAgain() {
        fail(3, 0);
        assertTrue(breaker.enter(10 * SECOND));
        fail(1, 10 * SECOND);
        assertFalse(breaker.admits(29 * SECOND));
        assertTrue(breaker.admits(30 * SECOND));
        assertEquals(2, breaker.trips());
    }

    @Test
    void aRequestThatNeverEndsDoesNotKeepItShut() {
        fail(3, 0);
        assertTrue(breaker.enter(10 * SECOND));
        assertFalse(breaker.admits(19 * SECOND));
        assertTrue(breaker.admits(20 * SECOND));
    }

    @Test
    void staysClosedWhileTheFaultIsNotItsOwn() {
        for (int i = 0; i < 100; i++) {
            breaker.failed(0, false);
        }
        assertEquals(CircuitBreaker.State.CLOSED, breaker.state());
    }

    @Test
    void theShareOfAKeyThatComesBackGrowsToTheWhole() {
        SlowStart start = new SlowStart(Duration.ofSeconds(30));
        assertEquals(1.0, start.share(0));
        start.begin(0);
        int turns = 0;
        for (int i = 0; i < 100; i++) {
            turns += start.takesTurn(0) ? 1 : 0;
        }
        assertTrue(turns >= 9 && turns <= 12, "turns " + turns);
        assertEquals(0.55, start.share(15 * SECOND), 0.001);
        assertEquals(1.0, start.share(30 * SECOND));
    }
}
