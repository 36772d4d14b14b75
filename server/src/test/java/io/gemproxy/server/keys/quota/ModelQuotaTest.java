package io.gemproxy.server.keys.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ModelQuotaTest {
    private static final LimitsConfig LIMITS =
            new LimitsConfig(
                    OptionalLong.of(2),
                    OptionalLong.of(1000),
                    OptionalLong.of(3),
                    OptionalLong.of(5_000_000));

    private final ModelQuota quota = new ModelQuota(LIMITS);

    private static Moment at(String wall, long seconds) {
        Instant instant = Instant.parse(wall).plusSeconds(seconds);
        return new Moment(
                Duration.ofSeconds(seconds).toNanos(),
                instant.toEpochMilli(),
                QuotaDay.of(instant));
    }

    private static Moment noon(long seconds) {
        return at("2026-11-20T20:00:00Z", seconds);
    }

    @Test
    void theLastRequestThatFitsIsAdmittedAndNoneAfterIt() {
        assertTrue(quota.tryReserve(noon(0), 10));
        assertTrue(quota.headroom(noon(0), 10) > 0);
        assertTrue(quota.tryReserve(noon(0), 10));
        assertEquals(0.0, quota.headroom(noon(0), 10));
        assertFalse(quota.tryReserve(noon(0), 10));
        assertTrue(quota.tryReserve(noon(61), 10));
    }

    @Test
    void aDaysRequestsOpenAtMidnightInLosAngelesAlsoWhenTheClocksChange() {
        String saturday = "2026-10-31T22:00:00Z";
        for (int i = 0; i < 3; i++) {
            assertTrue(quota.tryReserve(at(saturday, 100L * i), 0));
        }
        long midnight =
                Duration.between(Instant.parse(saturday), Instant.parse("2026-11-01T07:00:00Z"))
                        .toNanos();
        assertEquals(midnight, quota.opening(at(saturday, 300), 0));
        String sunday = "2026-11-01T07:00:00Z";
        ModelQuota ofSunday = new ModelQuota(LIMITS);
        for (int i = 0; i < 3; i++) {
            ofSunday.reserve(at(sunday, 100L * i), 0);
        }
        assertEquals(Duration.ofHours(25).toNanos(), ofSunday.opening(at(sunday, 300), 0));
    }

    @Test
    void theEstimateOfTokensGivesWayToTheRealCount() {
        quota.reserve(noon(0), 900);
        assertTrue(quota.opening(noon(1), 200) > noon(1).nanos());
        quota.finished(noon(1), 0, 900, 100, 0);
        assertEquals(noon(1).nanos(), quota.opening(noon(1), 200));
        assertEquals(100, quota.tokensToday(noon(1)));
    }

    @Test
    void spendOfTenMinutesHoldsBackUntilItHasLeftTheWindow() {
        quota.reserve(noon(0), 0);
        quota.finished(noon(1), 0, 0, 0, 5_000_000);
        long opening = quota.opening(noon(60), 0);
        assertEquals(Duration.ofSeconds(610).toNanos(), opening);
    }
}
