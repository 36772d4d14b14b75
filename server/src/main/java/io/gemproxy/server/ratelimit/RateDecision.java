package io.gemproxy.server.ratelimit;

import java.time.Duration;
import java.util.Optional;

/** Whether something may be done now under one policy. */
public sealed interface RateDecision {
    /**
     * It is counted.
     *
     * @param ticket corrects the count later
     * @param allowance what is left; empty where there is no limit
     */
    record Admitted(Ticket ticket, Optional<Allowance> allowance) implements RateDecision {
        /** Where there is no limit. */
        static final Admitted FREELY = new Admitted(Ticket.NONE, Optional.empty());
    }

    /**
     * It is refused and not counted.
     *
     * @param allowance what is left, less than was wanted
     * @param retryAfter the earliest moment at which a retry can work; positive
     */
    record Limited(Allowance allowance, Duration retryAfter) implements RateDecision {}

    /**
     * It is more than the whole limit, so that no wait would help.
     *
     * @param allowance of which this is more than all
     * @param wanted in the policy's unit
     */
    record NeverFits(Allowance allowance, long wanted) implements RateDecision {}
}
