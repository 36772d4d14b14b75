package io.gemproxy.server.keys.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LearntLimitTest {
    private static final Instant START = Instant.parse("2026-11-20T20:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final QuotaDimension MINUTE = QuotaDimension.REQUESTS_PER_MINUTE;

    private final ModelQuota quota = new ModelQuota(LimitsConfig.NONE);

    private static Moment after(Duration time) {
        Instant instant = START.plus(time);
        return new Moment(time.toNanos(), instant.toEpochMilli(), QuotaDay.of(instant));
    }

    private static LimitsConfig configured(long requestsPerMinute) {
        return new LimitsConfig(
                OptionalLong.of(requestsPerMinute),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    private int admitted(ModelQuota of, Moment now, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += of.tryReserve(now, 0) ? 1 : 0;
        }
        return admitted;
    }

    private void finish(Moment now, Moment lentAt) {
        quota.finished(now, lentAt.nanos(), 0, 0, 0);
    }

    @Test
    void whatAnErrorNamesTakesThePlaceOfWhatIsConfigured() {
        ModelQuota known = new ModelQuota(configured(100));
        known.learn(MINUTE, 2, after(Duration.ZERO));
        assertEquals(2, admitted(known, after(Duration.ZERO), 5));
        known.learn(MINUTE, 4, after(DAY));
        assertEquals(4, admitted(known, after(DAY), 9));
    }

    @Test
    void aConfiguredLimitThatAnErrorConfirmsIsNeverInDoubt() {
        ModelQuota known = new ModelQuota(configured(2));
        known.learn(MINUTE, 1, after(Duration.ZERO));
        known.learn(MINUTE, 2, after(Duration.ZERO));
        assertEquals(2, admitted(known, after(DAY.multipliedBy(9)), 5));
    }

    @Test
    void whileItIsInDoubtOneRequestAtATimeGoesPastIt() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        assertEquals(2, admitted(quota, after(DAY.minusMinutes(2)), 5));
        Moment asked = after(DAY);
        assertEquals(3, admitted(quota, asked, 5));
        quota.failed(after(DAY.plusSeconds(1)), asked.nanos(), 0);
        assertEquals(OptionalLong.of(2), quota.limit(MINUTE, after(DAY.plusSeconds(1))));
    }

    @Test
    void aRequestPastItThatGoesThroughRaisesIt() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        Moment first = after(DAY.minusSeconds(1));
        assertEquals(2, admitted(quota, first, 5));
        Moment asked = after(DAY);
        assertEquals(1, admitted(quota, asked, 5));
        finish(asked, first);
        assertEquals(OptionalLong.of(2), quota.limit(MINUTE, asked));
        finish(asked, asked);
        assertEquals(OptionalLong.of(3), quota.limit(MINUTE, asked));
        assertEquals(1, admitted(quota, asked, 5));
    }

    @Test
    void aQuestionThatConfirmsItIsAskedAgainAfterTwiceTheTime() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        assertEquals(3, admitted(quota, after(DAY), 5));
        quota.learn(MINUTE, 2, after(DAY));
        assertEquals(2, admitted(quota, after(DAY.multipliedBy(3).minusMinutes(2)), 5));
        assertEquals(3, admitted(quota, after(DAY.multipliedBy(3)), 5));
    }

    @Test
    void moreThanTwiceInAMinuteOfOursRefutesItAtOnce() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        Moment now = after(Duration.ofHours(1));
        for (int i = 0; i < 5; i++) {
            quota.reserve(now, 0);
            finish(now, now);
        }
        assertEquals(OptionalLong.of(2), quota.limit(MINUTE, now));
        quota.reserve(now, 0);
        finish(now, now);
        assertEquals(OptionalLong.of(3), quota.limit(MINUTE, now));
    }

    @Test
    void failuresDoNotRefuteIt() {
        quota.learn(QuotaDimension.REQUESTS_PER_DAY, 2, after(Duration.ZERO));
        Moment now = after(Duration.ofHours(1));
        for (int i = 0; i < 9; i++) {
            quota.reserve(now, 0);
            quota.failed(now, now.nanos(), 0);
        }
        for (int i = 0; i < 2; i++) {
            quota.reserve(now, 0);
            finish(now, now);
        }
        assertEquals(OptionalLong.of(2), quota.limit(QuotaDimension.REQUESTS_PER_DAY, now));
        quota.reserve(now, 0);
        finish(now, now);
        assertEquals(OptionalLong.of(3), quota.limit(QuotaDimension.REQUESTS_PER_DAY, now));
    }

    @Test
    void tokensPastItAreAskedForByOneRequest() {
        QuotaDimension tokens = QuotaDimension.TOKENS_PER_MINUTE;
        quota.learn(tokens, 1_000, after(Duration.ZERO));
        assertTrue(quota.tryReserve(after(DAY), 900));
        assertTrue(quota.tryReserve(after(DAY.plusSeconds(1)), 300));
        assertFalse(quota.tryReserve(after(DAY.plusSeconds(2)), 300));
        quota.finished(after(DAY.plusSeconds(3)), after(DAY.plusSeconds(1)).nanos(), 300, 280, 0);
        assertEquals(OptionalLong.of(1_280), quota.limit(tokens, after(DAY.plusSeconds(3))));
    }

    @Test
    void itIsForgottenWhenNobodyMetItForThirtyDaysInDoubt() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        assertEquals(OptionalLong.of(2), quota.limit(MINUTE, after(DAY.multipliedBy(31))));
        assertEquals(
                OptionalLong.empty(),
                quota.limit(MINUTE, after(DAY.multipliedBy(31).plusSeconds(1))));
    }

    @Test
    void itSurvivesARestartWithHowLongItIsTrusted() {
        quota.learn(MINUTE, 2, after(Duration.ZERO));
        quota.learn(MINUTE, 2, after(DAY));
        DayUse use = quota.dayUse(after(DAY));
        long until = after(DAY.multipliedBy(3)).millis();
        assertEquals(Map.of(MINUTE, new Learnt(2, until, DAY.toMillis() * 2)), use.learnt());
        ModelQuota next = new ModelQuota(LimitsConfig.NONE);
        next.restore(use, after(DAY));
        assertEquals(2, admitted(next, after(DAY.multipliedBy(2)), 5));
        assertEquals(3, admitted(next, after(DAY.multipliedBy(3)), 5));
    }
}
