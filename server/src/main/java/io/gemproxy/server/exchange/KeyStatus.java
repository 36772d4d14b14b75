package io.gemproxy.server.exchange;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an operator may know about a pooled key; never the key itself.
 *
 * @param id the operator's name for it
 * @param project the project it belongs to
 * @param weight its share
 * @param state {@code Healthy}, {@code RateLimited}, {@code Unhealthy}, {@code Invalid} or {@code
 *     Disabled}
 * @param since start of the last refusal, else of the server
 * @param until end of a rest
 * @param reason of a rest or refusal, a stable word
 * @param health 0.0 (nothing works) to 1.0
 * @param requests attempts since the start
 * @param failures attempts that blamed the key, its project or Google
 * @param requestsPerMinuteLimit our own limit on it
 * @param requestsLastMinute attempts of the last 60 seconds
 */
public record KeyStatus(
        KeyId id,
        ProjectId project,
        int weight,
        String state,
        Instant since,
        Optional<Instant> until,
        Optional<String> reason,
        double health,
        long requests,
        long failures,
        OptionalInt requestsPerMinuteLimit,
        long requestsLastMinute) {}
