package io.gemproxy.server.authentication.sessions;

import java.io.IOException;
import java.util.List;

/**
 * All sessions, in the form in which they are kept.
 *
 * @param sessions in no order
 */
public record SessionList(List<Session> sessions) {
    /** Nobody is logged in. */
    public static final SessionList EMPTY = new SessionList(List.of());

    /** Where the list is kept. */
    @FunctionalInterface
    public interface Store {
        /**
         * Returns once the list is on the medium.
         *
         * @throws IOException if that is not certain
         */
        void keep(SessionList list) throws IOException;
    }
}
