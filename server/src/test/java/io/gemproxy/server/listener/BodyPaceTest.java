package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that hold a connection by coming drop by drop. */
final class BodyPaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @CsvSource({"1, true", "239, true", "240, false", "100000, false"})
    void theAverageDecides(int bytesASecond, boolean slow) {
        BodyPace pace = new BodyPace(240);
        pace.begin();
        for (int second = 1; second <= 20; second++) {
            pace.received(bytesASecond, SECOND);
            assertEquals(slow && second > 5, pace.isTooSlow(), "after seconds: " + second);
        }
    }

    @Test
    void aPauseIsForgivenToWhoSentEnoughBefore() {
        BodyPace pace = new BodyPace(240);
        pace.begin();
        pace.received(240 * 30, 0);
        pace.received(1, 30 * SECOND);
        assertFalse(pace.isTooSlow());
        pace.received(1, SECOND);
        assertTrue(pace.isTooSlow());
    }

    @Test
    void timeInWhichNobodyReadsIsNotTheClients() {
        BodyPace pace = new BodyPace(240);
        pace.begin();
        for (int i = 0; i < 1_000; i++) {
            pace.received(1, 0);
        }
        assertFalse(pace.isTooSlow());
    }

    @Test
    void eachBodyBeginsAnewAndZeroSwitchesItOff() {
        BodyPace pace = new BodyPace(240);
        pace.begin();
        pace.received(1, 60 * SECOND);
        assertTrue(pace.isTooSlow());
        pace.begin();
        assertFalse(pace.isTooSlow());
        BodyPace any = new BodyPace(0);
        any.begin();
        any.received(1, 3_600 * SECOND);
        assertFalse(any.isTooSlow());
    }
}
