package io.gemproxy.server.metrics;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.HdrHistogram.AbstractHistogram;

/**
 * The shape of a duration over a window, exact to one percent.
 *
 * @param count how many values there are
 * @param p50 the median; empty like the others where there is no value
 * @param p95 95 of 100 are not longer
 * @param p99 99 of 100 are not longer
 * @param max the longest
 */
public record Percentiles(
        long count,
        Optional<Duration> p50,
        Optional<Duration> p95,
        Optional<Duration> p99,
        Optional<Duration> max) {
    static Percentiles of(AbstractHistogram histogram) {
        return new Percentiles(
                histogram.getTotalCount(),
                at(histogram, 50),
                at(histogram, 95),
                at(histogram, 99),
                at(histogram, 100));
    }

    private static Optional<Duration> at(AbstractHistogram histogram, double percentile) {
        return histogram.getTotalCount() == 0
                ? Optional.empty()
                : Optional.of(
                        Duration.of(histogram.getValueAtPercentile(percentile), ChronoUnit.MICROS));
    }
}
