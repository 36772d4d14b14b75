package io.gemproxy.server.reload.writing;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether the files on disk are still those that were put into effect.
 *
 * @param state of them
 * @param since when they are others, as far as the disk tells; empty if they are the same
 */
public record DiskState(State state, Optional<Instant> since) {
    static final DiskState SAME = new DiskState(State.SAME, Optional.empty());

    /** What there is to say. */
    public enum State {
        /** Byte for byte what was put into effect. */
        SAME,
        /** Changed since, and refused, or not read yet. */
        DIFFERS,
        /** Gone, or not to be read. */
        UNREADABLE
    }
}
