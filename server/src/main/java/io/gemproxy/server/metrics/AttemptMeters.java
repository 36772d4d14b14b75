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
    private final ConcurrentMap<Use, Counters> uses = new ConcurrentHashMap<>();

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
        Use use = new Use(key, outcome);
        Counters known = uses.get(use);
        if (known == null) {
            Use bounded = new Use(key, outcomes.of(outcome));
            known = uses.computeIfAbsent(bounded, this::resolve);
        }
        known.ofOutcome().increment();
        known.ofKey().increment();
    }

    private Counters resolve(Use use) {
        return new Counters(
                byOutcome.computeIfAbsent(use.outcome(), this::newOutcome),
                newUse(use.key(), use.outcome()));
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

    private record Use(KeyId key, String outcome) {}

    private record Counters(Counter ofOutcome, Counter ofKey) {}
}
