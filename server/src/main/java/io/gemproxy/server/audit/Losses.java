package io.gemproxy.server.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Counts the records that could not be kept, and what of that the log has not told yet. */
final class Losses {
    private final InstantSource clock;
    private long total;
    private long told;
    private Instant since = Instant.EPOCH;

    Losses(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(long records) {
        if (records > 0 && total == told) {
            since = clock.instant();
        }
        total += records;
    }

    /** Since the start. */
    synchronized long total() {
        return total;
    }

    /** What is to be told, as a record of the log; it counts as told with {@link #tell}. */
    synchronized Optional<Checkpoint> untold() {
        return total == told
                ? Optional.empty()
                : Optional.of(
                        new Checkpoint(
                                Checkpoint.Kind.LOSS,
                                clock.instant(),
                                Map.of("lost", total - told, "lost_since_start", total),
                                Map.of("since", since.toString())));
    }

    /** So many of them are on file now. */
    synchronized void tell(long records) {
        told += records;
        since = clock.instant();
    }
}
