package io.gemproxy.server.ratelimit.budget;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The periods a budget is for. */
public enum Span {
    DAY,
    MONTH;

    /** When the period began that a moment lies in. */
    Instant start(Instant moment) {
        LocalDate day = LocalDate.ofInstant(moment, ZoneOffset.UTC);
        return midnight(this == DAY ? day : day.withDayOfMonth(1));
    }

    /** When the period that began at that moment is over. */
    Instant end(Instant start) {
        LocalDate day = LocalDate.ofInstant(start, ZoneOffset.UTC);
        return midnight(this == DAY ? day.plusDays(1) : day.plusMonths(1));
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
