package io.gemproxy.server.keys.affinity;

import io.gemproxy.server.exchange.ClientId;

/**
 * Whom a resource belongs to.
 *
 * @param name the client's; empty for what was made outside this proxy
 */
public record Owner(String name) {
    /** Of resources made outside this proxy: any client that knows the name may use them. */
    public static final Owner NOBODY = new Owner("");

    /** That client. */
    public static Owner of(ClientId client) {
        return new Owner(client.value());
    }
}
