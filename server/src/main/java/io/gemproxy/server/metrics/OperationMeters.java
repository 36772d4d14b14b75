package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The meters of one operation on one model, resolved once. */
final class OperationMeters {
    private final Meters meters;
    private final Tag operation;
    private final Tag model;
    private final Timer duration;
    private final Timer overhead;
    private final Timer firstByte;
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
                        Bounds.ANSWER);
        overhead =
                seconds(
                        "gemini_proxy_overhead_seconds",
                        "The proxy's own share of the duration",
                        Bounds.OVERHEAD);
        firstByte =
                seconds(
                        "gemini_proxy_time_to_first_byte_seconds",
                        "From the start to the first byte of the answer's body",
                        Bounds.ANSWER);
    }

    void record(FinishedExchange exchange) {
        request(new Ending(exchange.status(), exchange.result())).increment();
        duration.record(exchange.duration());
        overhead.record(exchange.overhead());
        if (exchange.timeToFirstByte().isPresent()) {
            firstByte.record(exchange.timeToFirstByte().get());
        }
        if (exchange.tokens().isPresent()) {
            tokens.add(exchange.tokens().get());
        }
        if (exchange.cost().isPresent()) {
            tokens.add(exchange.cost().get());
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

    private Timer seconds(String name, String description, List<Duration> bounds) {
        return meters.timer(name, description, bounds, operation, model);
    }

    private record Ending(int status, Result result) {}
}
