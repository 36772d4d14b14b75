package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.ModelLabels;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Operation;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts and times finished requests under the contract's {@code gemini_proxy_} names; labels are
 * bounded and never name a client.
 */
public final class RequestMetrics implements FinishedExchange.Listener {
    /** Distinct model labels before {@code other}. */
    public static final int MODEL_BOUND = 200;

    private final Meters meters;
    private final ModelLabels models;
    private final AttemptMeters attempts;
    private final Words reasons = new Words(50);
    private final ConcurrentMap<Series, OperationMeters> operations = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, TokenCounters> tokens = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> authFailures = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Counter> rateLimited = new ConcurrentHashMap<>();

    public RequestMetrics(Meters meters) {
        this.meters = meters;
        models = new ModelLabels(MODEL_BOUND);
        attempts = new AttemptMeters(meters);
    }

    @Override
    public void finished(FinishedExchange exchange) {
        Series series = new Series(exchange.exchange().target().operation(), models.of(exchange));
        OperationMeters known = operations.get(series);
        (known != null ? known : operations.computeIfAbsent(series, this::resolve))
                .record(exchange);
        attempts.record(exchange.attempts());
        if (exchange.rejection().isPresent()) {
            refused(exchange.rejection().get());
        }
    }

    private void refused(Rejection rejection) {
        if (rejection instanceof Rejection.Unauthenticated refused) {
            authFailures
                    .computeIfAbsent(
                            reasons.of(refused.detail().toLowerCase(Locale.ROOT)),
                            this::newAuthFailure)
                    .increment();
        } else if (rejection.status() == 429) {
            rateLimited
                    .computeIfAbsent(
                            reasons.of(rejection.reason()),
                            reason -> newRateLimited(policy(rejection), reason))
                    .increment();
        }
    }

    private static String policy(Rejection rejection) {
        return rejection instanceof Rejection.Limited limited ? limited.policy().word() : "pool";
    }

    private OperationMeters resolve(Series series) {
        return new OperationMeters(
                meters,
                series.operation().label(),
                series.model(),
                tokens.computeIfAbsent(series.model(), model -> new TokenCounters(meters, model)));
    }

    private Counter newAuthFailure(String reason) {
        return meters.counter(
                "gemini_proxy_auth_failures_total",
                "Requests refused because their credential does not hold",
                Tag.create("reason", reason));
    }

    private Counter newRateLimited(String policy, String reason) {
        return meters.counter(
                "gemini_proxy_rate_limited_total",
                "Requests the proxy itself answered with 429",
                Tag.create("policy", policy),
                Tag.create("reason", reason));
    }

    private record Series(Operation operation, String model) {}
}
