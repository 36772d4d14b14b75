package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.acme.Authority.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.shredzone.acme4j.PollableResource;
import org.shredzone.acme4j.Status;
import org.shredzone.acme4j.exception.AcmeException;

/**
 * Waits for an authority to come to a decision: when it says, never more often than once a second,
 * and not for ever.
 */
final class Polling {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration USUAL = Duration.ofSeconds(2);

    /** All pauses together. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Waiting waiting;
    private final InstantSource clock;
    private final Step step;

    Polling(Waiting waiting, InstantSource clock, Step step) {
        this.waiting = waiting;
        this.clock = clock;
        this.step = step;
    }

    /**
     * @param what for the message, when it takes too long
     * @param ends the states to wait for
     */
    Status await(PollableResource resource, String what, Set<Status> ends)
            throws AcmeException, AcmeFailure, InterruptedException {
        Duration waited = Duration.ZERO;
        Duration pause = SHORTEST;
        while (true) {
            step.next();
            waiting.pause(pause);
            waited = waited.plus(pause);
            Optional<Instant> retry = resource.fetch();
            Status status = resource.getStatus();
            if (ends.contains(status)) {
                return status;
            }
            if (waited.compareTo(PATIENCE) > 0) {
                throw new AcmeFailure(
                        AcmeFailure.Kind.STUCK,
                        what
                                + " is still "
                                + status
                                + " after "
                                + waited.toMinutes()
                                + " minutes; the authority may be overloaded");
            }
            pause = pause(retry);
        }
    }

    private Duration pause(Optional<Instant> retry) {
        Duration asked = retry.map(at -> Duration.between(clock.instant(), at)).orElse(USUAL);
        if (asked.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    }
}
