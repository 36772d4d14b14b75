package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.keys.health.CircuitBreaker;
import io.gemproxy.server.keys.quota.QuotaDimension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All an operator may know about a pooled key; never the key itself.
 *
 * @param id the operator's name for it
 * @param project the project it belongs to
 * @param billingAccount the account of that project, if configured
 * @param tier the tier of that account, if configured
 * @param weight its share
 * @param share what it has of its weight now, below 1.0 while it comes back
 * @param state whether it serves, why not, until when, and what to do
 * @param lastError the last outcome that blamed it, its project or Google
 * @param health 0.0 (nothing works) to 1.0
 * @param inFlight requests it serves now
 * @param requests attempts since the start
 * @param failures attempts that blamed it, its project or Google
 * @param requestsPerMinuteLimit our own limit on it
 * @param requestsLastMinute attempts of the last 60 seconds
 * @param breaker where its circuit breaker stands
 * @param breakerTrips how often that opened since the start
 * @param models what its project has of each model asked for so far
 * @param suspectedSharedWith projects that seem to be the same one at Google
 * @param warnings in plain words
 */
public record KeyView(
        KeyId id,
        ProjectId project,
        Optional<String> billingAccount,
        Optional<String> tier,
        int weight,
        double share,
        KeyState state,
        Optional<LastError> lastError,
        double health,
        int inFlight,
        long requests,
        long failures,
        OptionalInt requestsPerMinuteLimit,
        long requestsLastMinute,
        CircuitBreaker.State breaker,
        long breakerTrips,
        List<OfModel> models,
        List<ProjectId> suspectedSharedWith,
        List<String> warnings) {
    /**
     * One model, as the key's project has it.
     *
     * @param model its name
     * @param health of key and model, slowness included, 0.0 to 1.0
     * @param latency moving average of the time to the head of this key's answers for it, about the
     *     last twenty; empty if there was none since the start
     * @param blockedBy the reason of a rest of this model in this project
     * @param blockedUntil when that ends
     * @param headroom share of the scarcest known limit that is left, 0.0 to 1.0
     * @param requestsToday of all keys of the project, in the quota day
     * @param tokensToday input tokens, estimates of running requests included
     * @param limits what is known of each limit
     */
    public record OfModel(
            ModelName model,
            double health,
            Optional<Duration> latency,
            Optional<String> blockedBy,
            Optional<Instant> blockedUntil,
            double headroom,
            long requestsToday,
            long tokensToday,
            List<Limit> limits) {}

    /**
     * A limit of project and model.
     *
     * @param dimension what is counted
     * @param used of it
     * @param limit if known
     */
    public record Limit(QuotaDimension dimension, long used, OptionalLong limit) {}
}
