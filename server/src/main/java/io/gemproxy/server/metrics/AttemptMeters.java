package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.KeyId;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts upstream attempts by outcome and by key. */
final class AttemptMeters {
    private final Meters meters;
    private final Words outcomes = new Words(64);
    private final Words keys = new Words(1000);
    private final Counter rotations;
    private final ConcurrentMap<String, Counter> byOutcome = new ConcurrentHashMap<>();
    private final ConcurrentMap<KeyId, ConcurrentMap<String, Counter>> byKey =
            new ConcurrentHashMap<>();

    AttemptMeters(Meters meters) {
        this.meters = meters;
        rotations =
                meters.counter(
                        "gemini_proxy_key_rotations_total",
                        "Requests' changes to another key after an attempt that failed");
    }

    void record(List<Attempt> attempts) {
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            count(attempt.key(), attempt.outcome().label());
            if (i > 0 && !attempt.key().equals(attempts.get(i - 1).key())) {
                rotations.increment();
            }
        }
    }

    private void count(KeyId key, String outcome) {
        byOutcome.computeIfAbsent(outcomes.of(outcome), this::newOutcome).increment();
        byKey.computeIfAbsent(key, _ -> new ConcurrentHashMap<>())
                .computeIfAbsent(outcomes.of(outcome), word -> newUse(key, word))
                .increment();
    }

    private Counter newOutcome(String outcome) {
        return meters.counter(
                "gemini_proxy_upstream_attempts_total",
                "Tries of a request with one key, by what came of them",
                Tag.create("outcome", outcome));
    }

    private Counter newUse(KeyId key, String outcome) {
        return meters.counter(
                "gemini_proxy_api_key_usage_total",
                "Attempts made with a pooled key, by what came of them",
                Tag.create("key", keys.of(key.value())),
                Tag.create("outcome", outcome));
    }
}
