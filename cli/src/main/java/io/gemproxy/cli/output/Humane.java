package io.gemproxy.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Humane {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

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

    /** To a tenth of a millisecond: {@code 0.3 ms}, {@code 1.21 s}, {@code 5 min 2 s}. */
    public static String seconds(double seconds) {
        if (Math.abs(seconds) < 1) {
            return seconds == 0 ? "0 s" : String.format(Locale.ROOT, "%.1f ms", seconds * 1000);
        }
        return Math.abs(seconds) < 60
                ? String.format(Locale.ROOT, "%.2f s", seconds)
                : (seconds < 0 ? "-" : "") + duration(Duration.ofSeconds((long) seconds));
    }

    /** In the largest unit that leaves a whole: {@code 812 B}, {@code 41.0 MiB}. */
    public static String bytes(double bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
    }

    /** A count with its noun: {@code 1 error}, {@code 2 errors}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String units(long large, String unit, long small, String smaller) {
        return large + " " + unit + (small == 0 ? "" : " " + small + " " + smaller);
    }
}
