package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.Tag;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The meters of one operation on one model, resolved once. */
final class OperationMeters {
    /** From a cached token count to a thinking model's minutes. */
    private static final double[] SECONDS = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600
    };

    /** The proxy's own share: microseconds, unless something is wrong. */
    private static final double[] OVERHEAD_SECONDS = {
        0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1
    };

    private final Meters meters;
    private final Tag operation;
    private final Tag model;
    private final DistributionSummary duration;
    private final DistributionSummary overhead;
    private final DistributionSummary firstByte;
    private final ConcurrentMap<Ending, Counter> requests = new ConcurrentHashMap<>();
    private final TokenCounters tokens;

    OperationMeters(Meters meters, String operation, String model, TokenCounters tokens) {
        this.meters = meters;
        this.operation = Tag.create("operation", operation);
        this.model = Tag.create("model", model);
        this.tokens = tokens;
        duration =
                seconds(
                        "gemini_proxy_request_duration_seconds",
                        "From the first byte of the request to the last of the answer",
                        SECONDS);
        overhead =
                seconds(
                        "gemini_proxy_overhead_seconds",
                        "The proxy's own share of the duration",
                        OVERHEAD_SECONDS);
        firstByte =
                seconds(
                        "gemini_proxy_time_to_first_byte_seconds",
                        "From the start to the first byte of the answer's body",
                        SECONDS);
    }

    void record(FinishedExchange exchange) {
        request(new Ending(exchange.status(), exchange.result())).increment();
        duration.record(inSeconds(exchange.duration()));
        overhead.record(inSeconds(exchange.overhead()));
        if (exchange.timeToFirstByte().isPresent()) {
            firstByte.record(inSeconds(exchange.timeToFirstByte().get()));
        }
        if (exchange.tokens().isPresent()) {
            tokens.add(exchange.tokens().get());
        }
    }

    static double inSeconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    private Counter request(Ending ending) {
        Counter counter = requests.get(ending);
        return counter != null ? counter : requests.computeIfAbsent(ending, this::newCounter);
    }

    private Counter newCounter(Ending ending) {
        return meters.counter(
                "gemini_proxy_requests_total",
                "Requests by how they ended; status none means the client left before one was sent",
                operation,
                model,
                Tag.create(
                        "status",
                        ending.status() == 0 ? "none" : Integer.toString(ending.status())),
                Tag.create("result", ending.result().word()));
    }

    private DistributionSummary seconds(String name, String description, double[] bounds) {
        return meters.histogram(name, description, bounds, operation, model);
    }

    private record Ending(int status, Result result) {}
}
