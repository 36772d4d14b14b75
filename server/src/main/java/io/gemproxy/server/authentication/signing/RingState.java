package io.gemproxy.server.authentication.signing;

import java.util.List;

/**
 * The ring in the form in which it is kept.
 *
 * @param entries oldest first
 */
public record RingState(List<RingEntry> entries) {
    /** Before the first start. */
    public static final RingState EMPTY = new RingState(List.of());

    /** Where the ring is kept. */
    @FunctionalInterface
    public interface Store {
        /**
         * Returns once the ring is on the medium.
         *
         * @throws java.io.IOException if that is not certain
         */
        void keep(RingState ring) throws java.io.IOException;
    }
}
