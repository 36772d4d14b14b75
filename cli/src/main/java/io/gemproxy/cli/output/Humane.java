package io.gemproxy.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Humane {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Humane() {}

    /** The two largest units: {@code 3 d 4 h}, {@code 5 min 2 s}, {@code 0 s}. */
    public static String duration(Duration duration) {
        Duration length = duration.abs();
        if (length.toDays() > 0) {
            return units(length.toDays(), "d", length.toHoursPart(), "h");
        }
        if (length.toHours() > 0) {
            return units(length.toHours(), "h", length.toMinutesPart(), "min");
        }
        if (length.toMinutes() > 0) {
            return units(length.toMinutes(), "min", length.toSecondsPart(), "s");
        }
        return length.toSeconds() + " s";
    }

    /** To the minute, in UTC. */
    public static String time(Instant time) {
        return MINUTE.format(time);
    }

    /** {@code in 3 d 4 h}, {@code 5 min 2 s ago}, or {@code now}. */
    public static String distance(Instant from, Instant to) {
        if (Duration.between(from, to).toSeconds() == 0) {
            return "now";
        }
        String length = duration(Duration.between(from, to));
        return to.isBefore(from) ? length + " ago" : "in " + length;
    }

    /** Milliseconds up to a second, then seconds: {@code 812 ms}, {@code 1.21 s}. */
    public static String span(Duration span) {
        long millis = span.toMillis();
        return millis < 1000
                ? millis + " ms"
                : String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }

    /** A count with its noun: {@code 1 error}, {@code 2 errors}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String units(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }
}
