package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.metrics.Percentiles;
import io.gemproxy.server.metrics.Performance;
import io.gemproxy.server.metrics.ProcessFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Body of {@code /performance}; durations are milliseconds, as the names say. */
record PerformanceJson(
        List<WindowJson> windows,
        List<KeyJson> keys,
        ProcessJson process,
        int connections,
        int streams,
        long uptimeSeconds) {
    static PerformanceJson of(AdminSources sources) {
        ServerStatus status = sources.status().get();
        return new PerformanceJson(
                sources.performance().read().stream().map(WindowJson::of).toList(),
                sources.keys().get().stream().map(KeyJson::of).toList(),
                ProcessJson.of(sources.process()),
                status.connections(),
                status.streams(),
                status.uptime().toSeconds());
    }

    /** One window. */
    record WindowJson(
            String window,
            double coveredSeconds,
            long requests,
            double requestsPerSecond,
            OptionalDouble successRate,
            Map<String, Long> results,
            PercentilesJson durationMs,
            PercentilesJson overheadMs,
            PercentilesJson timeToFirstByteMs) {
        static WindowJson of(Performance window) {
            return new WindowJson(
                    window.window().label(),
                    window.covered().toMillis() / 1e3,
                    window.requests(),
                    window.requestsPerSecond(),
                    window.successRate(),
                    words(window.results()),
                    PercentilesJson.of(window.duration()),
                    PercentilesJson.of(window.overhead()),
                    PercentilesJson.of(window.timeToFirstByte()));
        }

        private static Map<String, Long> words(Map<Result, Long> results) {
            Map<String, Long> words = new TreeMap<>();
            results.forEach((result, count) -> words.put(result.word(), count));
            return words;
        }
    }

    /** Milliseconds; absent where nothing was measured. */
    record PercentilesJson(
            long count,
            Optional<Double> p50,
            Optional<Double> p95,
            Optional<Double> p99,
            Optional<Double> max) {
        static PercentilesJson of(Percentiles percentiles) {
            return new PercentilesJson(
                    percentiles.count(),
                    percentiles.p50().map(PercentilesJson::millis),
                    percentiles.p95().map(PercentilesJson::millis),
                    percentiles.p99().map(PercentilesJson::millis),
                    percentiles.max().map(PercentilesJson::millis));
        }

        private static Double millis(Duration duration) {
            return duration.toNanos() / 1e6;
        }
    }

    /** The process; absent where the platform does not say. */
    record ProcessJson(
            OptionalDouble cpuSeconds,
            OptionalDouble residentMemoryBytes,
            OptionalDouble heapUsedBytes,
            OptionalDouble threads,
            OptionalDouble openFds,
            OptionalDouble maxFds) {
        static ProcessJson of(ProcessFacts process) {
            return new ProcessJson(
                    process.cpuSeconds(),
                    process.residentBytes(),
                    process.heapUsedBytes(),
                    process.threads(),
                    process.openDescriptors(),
                    process.maxDescriptors());
        }
    }
}
