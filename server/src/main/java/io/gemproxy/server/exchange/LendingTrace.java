package io.gemproxy.server.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the pool answered one wish for a key; facts only, put into words when somebody asks.
 *
 * @param after since the start of the request
 * @param project only keys of this project would do
 * @param only only this key would do
 * @param lent the key that was lent
 * @param refusal why none was, a stable word
 * @param retryAfter when one opens, if none was lent
 * @param candidates keys of the pool at that moment
 * @param passedOver those of them that could not serve, at most {@link #MOST_PASSED_OVER}
 */
public record LendingTrace(
        Duration after,
        Optional<ProjectId> project,
        Optional<KeyId> only,
        Optional<KeyId> lent,
        Optional<String> refusal,
        Optional<Duration> retryAfter,
        int candidates,
        List<PassedOver> passedOver) {
    /** So many keys are named for one wish; the number of the others is known. */
    public static final int MOST_PASSED_OVER = 20;
}
