package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.ClientId;

/**
 * A user of this machine who came through the Unix socket, past the guard of its file's mode.
 *
 * @param user as the operating system names it
 */
public record LocalPeer(String user) {
    /** Who asks on this thread; bound for what comes through the Unix socket only. */
    public static final ScopedValue<LocalPeer> CURRENT = ScopedValue.newInstance();

    /** What stands for an address there. */
    public static final String ADDRESS = "unix";

    /** As the actor of an audit record. */
    ClientId id() {
        return new ClientId(ADDRESS + ":" + user);
    }
}
