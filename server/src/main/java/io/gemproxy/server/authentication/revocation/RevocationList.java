package io.gemproxy.server.authentication.revocation;

import java.util.List;

/**
 * All revocations, in the form in which they are kept.
 *
 * @param revocations oldest first
 */
public record RevocationList(List<Revocation> revocations) {
    /** Nothing is revoked. */
    public static final RevocationList EMPTY = new RevocationList(List.of());

    /** Where the list is kept. */
    @FunctionalInterface
    public interface Store {
        /**
         * Returns once the list is on the medium.
         *
         * @throws java.io.IOException if that is not certain
         */
        void keep(RevocationList list) throws java.io.IOException;
    }
}
