package io.gemproxy.server.simulation;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.upstream.OutcomeClassifier;
import io.gemproxy.simulator.api.ApiException;
import io.gemproxy.simulator.api.ErrorShapes;
import io.gemproxy.simulator.api.QuotaErrors;
import io.gemproxy.simulator.api.ScriptedErrors;
import io.gemproxy.simulator.api.Shape;
import io.gemproxy.simulator.faults.Refusal;
import io.gemproxy.simulator.quota.ApiKey;
import io.gemproxy.simulator.quota.Quotas.Exceeded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Google without sockets: its quotas, its refusals in its own words, its outages. Answers are read
 * by the proxy's own classifier.
 */
final class FakeGoogle {
    /**
     * Google's clock is behind ours: for so long after our midnight it is still yesterday there.
     */
    private static final long BEHIND_MILLIS = 2_000;

    private final Map<KeyId, ApiKey> keys = new HashMap<>();
    private final Map<String, GoogleProject> projects = new HashMap<>();
    private final Map<String, Refusal> refusing = new HashMap<>();
    private final Map<String, Double> failing = new HashMap<>();
    private final SplittableRandom chance;
    private final Timeline timeline;
    private @Nullable Refusal everywhere;
    private boolean unreachable;

    FakeGoogle(Timeline timeline, SplittableRandom chance) {
        this.timeline = timeline;
        this.chance = chance;
    }

    void add(KeyId key, String project, GoogleProject counted) {
        keys.put(key, new ApiKey(key.value(), "value-of-" + key.value(), project));
        projects.put(project, counted);
    }

    GoogleProject project(String id) {
        return projects.get(id);
    }

    GoogleProject projectOf(KeyId key) {
        return project(keys.get(key).project());
    }

    /** From now on a key, or all keys of a project, are refused. */
    void refuses(String keyOrProject, int status, String reason) {
        refusing.put(keyOrProject, new Refusal(status, reason, null, null));
    }

    /** A key or project works again. */
    void accepts(String keyOrProject) {
        refusing.remove(keyOrProject);
    }

    /** So large a share of a key's or a project's requests ends in a 500. */
    void fails(String keyOrProject, double share) {
        failing.put(keyOrProject, share);
    }

    /** Every request ends like this; null ends it. */
    void answersAll(@Nullable Refusal refusal) {
        everywhere = refusal;
    }

    /** No connection comes about, or again. */
    void unreachable(boolean now) {
        unreachable = now;
    }

    /** Whether Google would serve a key today. */
    boolean serves(KeyId key) {
        return refusalOf(keys.get(key)) == null && projectOf(key).dayHasRoom(now());
    }

    /** Whether neither key nor project are refused, whatever their quotas. */
    boolean accepted(KeyId key) {
        return refusalOf(keys.get(key)) == null;
    }

    /** What comes of a request that arrives now. */
    AttemptOutcome answer(KeyId id, long tokens, String model) {
        if (unreachable) {
            return new AttemptOutcome.Unreachable("connect", false);
        }
        ApiKey key = keys.get(id);
        Refusal refusal = everywhere == null ? refusalOf(key) : everywhere;
        if (refusal != null) {
            return read(ScriptedErrors.of(refusal, key, model));
        }
        if (chance.nextDouble() < share(key.id()) || chance.nextDouble() < share(key.project())) {
            return read(ScriptedErrors.of(new Refusal(500, null, null, null), key, model));
        }
        List<Exceeded> over = project(key.project()).take(now(), tokens);
        return over.isEmpty()
                ? new AttemptOutcome.Succeeded()
                : read(QuotaErrors.exceeded(over, model));
    }

    /** What comes of a question that costs nothing. */
    AttemptOutcome probe(KeyId id) {
        ApiKey key = keys.get(id);
        Refusal refusal = refusalOf(key);
        return refusal == null
                ? new AttemptOutcome.Succeeded()
                : read(ScriptedErrors.of(refusal, key, null));
    }

    private @Nullable Refusal refusalOf(ApiKey key) {
        Refusal ofKey = refusing.get(key.id());
        return ofKey == null ? refusing.get(key.project()) : ofKey;
    }

    private double share(String keyOrProject) {
        return failing.getOrDefault(keyOrProject, 0.0);
    }

    private long now() {
        return timeline.millis() - BEHIND_MILLIS;
    }

    private static AttemptOutcome read(ApiException error) {
        return OutcomeClassifier.classify(
                error.status(),
                ErrorShapes.bytes(error, Shape.NATIVE),
                "application/json; charset=UTF-8",
                Operation.GENERATE);
    }

    /** An overloaded model that says for how long. */
    static Refusal overloaded(Duration retry) {
        return new Refusal(503, "overloaded", retry, null);
    }
}
