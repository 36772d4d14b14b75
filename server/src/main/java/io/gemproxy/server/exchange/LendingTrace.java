package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.Optional;

/**
 * How the pool answered one wish for a key; facts only, put into words when somebody asks.
 *
 * @param after since the start of the request
 * @param pause how long the request waited on purpose just before, zero if it did not
 * @param project only keys of this project would do
 * @param only only this key would do
 * @param lent the key that was lent
 * @param refusal why none was, a stable word
 * @param retryAfter when one opens, if none was lent
 * @param candidates keys of the pool at that moment
 * @param passedOver those of them that could not serve
 */
public record LendingTrace(
        Duration after,
        Duration pause,
        Optional<ProjectId> project,
        Optional<KeyId> only,
        Optional<KeyId> lent,
        Optional<String> refusal,
        Optional<Duration> retryAfter,
        int candidates,
        SkippedKeys passedOver) {}
