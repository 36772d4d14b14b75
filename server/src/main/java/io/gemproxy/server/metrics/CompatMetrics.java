package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ModelLabels;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The older metric names, for dashboards that still ask for them ({@code metrics.compat_names}).
 */
public final class CompatMetrics implements FinishedExchange.Listener {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Meters meters;
    private final Timer duration;
    private final Counter authFailures;
    private final Words outcomes = new Words(64);
    private final ConcurrentMap<Http, Counter> http = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> calls = new ConcurrentHashMap<>();
    private final ConcurrentMap<KeyId, LongAdder> keys = new ConcurrentHashMap<>();

    public CompatMetrics(Meters meters) {
        this.meters = meters;
        duration =
                meters.timer(
                        "gemini_proxy_response_duration_seconds",
                        "Older name of gemini_proxy_request_duration_seconds",
                        Bounds.ANSWER);
        authFailures =
                meters.counter(
                        "auth_failures_total", "Older name of gemini_proxy_auth_failures_total");
    }

    @Override
    public void finished(FinishedExchange exchange) {
        duration.record(exchange.duration());
        String method = exchange.exchange().method();
        http.computeIfAbsent(
                        new Http(
                                METHODS.contains(method) ? method : ModelLabels.OTHER,
                                exchange.status()),
                        this::newHttp)
                .increment();
        exchange.attempts().forEach(this::attempt);
        if (exchange.rejection().orElse(null) instanceof Rejection.Unauthenticated) {
            authFailures.increment();
        }
    }

    private void attempt(Attempt attempt) {
        calls.computeIfAbsent(outcomes.of(attempt.outcome().label()), this::newCall).increment();
        keys.computeIfAbsent(attempt.key(), this::newKey).increment();
    }

    private Counter newHttp(Http http) {
        return meters.counter(
                "http_requests_total",
                "Older name of gemini_proxy_requests_total",
                Tag.create("method", http.method()),
                Tag.create(
                        "status", http.status() == 0 ? "none" : Integer.toString(http.status())));
    }

    private Counter newCall(String outcome) {
        return meters.counter(
                "gemini_api_calls_total",
                "Older name of gemini_proxy_upstream_attempts_total",
                Tag.create("status", outcome));
    }

    /** A gauge, because the provider adds {@code _total} to the name of a counter. */
    private LongAdder newKey(KeyId key) {
        LongAdder uses = new LongAdder();
        meters.gauge(
                "api_key_usage",
                "Older name of gemini_proxy_api_key_usage_total",
                uses::doubleValue,
                Tag.create("key", key.value()));
        return uses;
    }

    private record Http(String method, int status) {}
}
