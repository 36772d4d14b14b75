package io.gemproxy.server.ratelimit;

import java.time.Duration;
import java.util.Optional;

/** Whether a client may make a request now. */
public sealed interface RateDecision {
    /** The reason code of the rejection, by which audit tells this limit from Google's. */
    String REASON = "CLIENT_RATE_LIMIT";

    /**
     * The request is counted.
     *
     * @param allowance what is left; empty for a client without limit
     */
    record Admitted(Optional<Allowance> allowance) implements RateDecision {}

    /**
     * The request is refused and not counted.
     *
     * @param allowance nothing is left
     * @param retryAfter the earliest moment at which a retry can work; positive
     */
    record Limited(Allowance allowance, Duration retryAfter) implements RateDecision {}
}
