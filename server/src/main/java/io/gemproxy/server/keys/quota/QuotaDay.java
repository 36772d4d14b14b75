package io.gemproxy.server.keys.quota;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A day of Gemini's daily quotas: from midnight to midnight in Los Angeles, 23 to 25 hours (rate
 * limits page; DST applies).
 *
 * @param date the date there
 * @param startMillis its first millisecond since the epoch
 * @param endMillis the first millisecond of the next one
 */
public record QuotaDay(LocalDate date, long startMillis, long endMillis) {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    /** The day that holds a moment. */
    public static QuotaDay of(Instant moment) {
        return of(LocalDate.ofInstant(moment, PACIFIC));
    }

    /** The day of a date in Los Angeles. */
    public static QuotaDay of(LocalDate date) {
        return new QuotaDay(
                date,
                date.atStartOfDay(PACIFIC).toInstant().toEpochMilli(),
                date.plusDays(1).atStartOfDay(PACIFIC).toInstant().toEpochMilli());
    }

    /** Whether it holds a moment. */
    public boolean holds(long epochMillis) {
        return epochMillis >= startMillis && epochMillis < endMillis;
    }
}
