package io.gemproxy.server.admin;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * All that an operator may know about a pooled key, as {@code /api/keys} shows it: by its id, never
 * by itself.
 *
 * @param id the operator's name for it
 * @param project the project it belongs to
 * @param billingAccount the billing account of that project, if the configuration names one
 * @param tier the tier of that account, if the configuration names one
 * @param weight its share
 * @param share what it has of its weight now, below 1.0 while it comes back
 * @param state {@code Healthy}, {@code RateLimited}, {@code Unhealthy}, {@code Invalid} or {@code
 *     Disabled}
 * @param since when it came into this state
 * @param until when it leaves it by itself; empty if it does not
 * @param reason a stable word that {@code gemproxy-cli explain} knows
 * @param needsOperator whether it works again only when somebody does something; then {@code until}
 *     is when it is looked at again
 * @param nextStep what the operator can do; empty if nothing is wrong
 * @param lastError the last answer that blamed the key, its project or Google
 * @param health 0.0 (nothing works) to 1.0
 * @param breaker its circuit breaker
 * @param inFlight attempts that run now
 * @param requests attempts since the start
 * @param failures those of them that blamed the key, its project or Google
 * @param today what its project used on this quota day, all models and keys together
 * @param requestsPerMinuteLimit our own limit on it
 * @param requestsLastMinute attempts of the last 60 seconds
 * @param models what is known of each model its project was asked for
 * @param sharesProjectWith projects that seem to be the same one at Google, though the
 *     configuration says otherwise
 * @param expiresAt the last day it is used
 * @param warnings sentences for the operator
 */
public record KeyReport(
        String id,
        String project,
        Optional<String> billingAccount,
        Optional<String> tier,
        int weight,
        double share,
        String state,
        Instant since,
        Optional<Instant> until,
        Optional<String> reason,
        boolean needsOperator,
        Optional<String> nextStep,
        Optional<LastError> lastError,
        double health,
        Breaker breaker,
        int inFlight,
        long requests,
        long failures,
        Today today,
        OptionalInt requestsPerMinuteLimit,
        long requestsLastMinute,
        List<Model> models,
        List<String> sharesProjectWith,
        Optional<LocalDate> expiresAt,
        List<String> warnings) {
    /**
     * An answer that went against the key.
     *
     * @param at when
     * @param reason a stable word
     * @param status Google's own, e.g. {@code 429 RESOURCE_EXHAUSTED}; empty if it did not answer
     * @param message Google's own, on one line, scrubbed and cut
     */
    public record LastError(
            Instant at, String reason, Optional<String> status, Optional<String> message) {}

    /**
     * A circuit breaker.
     *
     * @param state {@code closed}, {@code open} or {@code half_open}
     * @param trips how often it opened since the start
     */
    public record Breaker(String state, long trips) {}

    /**
     * Use of a quota day.
     *
     * @param day the date in Los Angeles
     * @param requests sent
     * @param inputTokens estimates included
     */
    public record Today(LocalDate day, long requests, long inputTokens) {}

    /**
     * A model as the key's project has it.
     *
     * @param model its name
     * @param health 0.0 to 1.0, of this key with this model
     * @param latencyMs moving average of the milliseconds to the head of this key's answers for it
     * @param reason why it rests, if it does
     * @param until when that ends
     * @param headroom share of the scarcest known limit that is left, 0.0 to 1.0
     * @param limits what is known to be limited
     */
    public record Model(
            String model,
            double health,
            OptionalDouble latencyMs,
            Optional<String> reason,
            Optional<Instant> until,
            OptionalDouble headroom,
            List<Limit> limits) {}

    /**
     * One limit of a project and model.
     *
     * @param kind {@code requests_per_minute}, {@code input_tokens_per_minute}, {@code
     *     requests_per_day} or {@code microdollars_per_ten_minutes}
     * @param limit as configured or learnt; empty if it is not known
     * @param used of it
     */
    public record Limit(String kind, OptionalLong limit, long used) {}
}
