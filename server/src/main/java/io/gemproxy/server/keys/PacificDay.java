package io.gemproxy.server.keys;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The day of Gemini's daily quotas, which ends at midnight in Los Angeles (rate limits page; DST
 * applies).
 */
final class PacificDay {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private PacificDay() {}

    static Duration untilItsEnd(Instant now) {
        ZonedDateTime local = now.atZone(PACIFIC);
        return Duration.between(now, local.toLocalDate().plusDays(1).atStartOfDay(PACIFIC));
    }

    static Duration sinceItsStart(Instant now) {
        return Duration.between(date(now).atStartOfDay(PACIFIC).toInstant(), now);
    }

    /** When the next month begins; Google's billing months follow the same clock. */
    static Instant nextMonth(Instant now) {
        return date(now).withDayOfMonth(1).plusMonths(1).atStartOfDay(PACIFIC).toInstant();
    }

    static LocalDate date(Instant now) {
        return LocalDate.ofInstant(now, PACIFIC);
    }
}
