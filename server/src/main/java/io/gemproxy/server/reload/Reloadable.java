package io.gemproxy.server.reload;

import io.gemproxy.server.config.GemproxyConfig;

/** A part of the server that takes over another configuration while it runs. */
@FunctionalInterface
public interface Reloadable {
    /**
     * Does all that can fail, and changes nothing that requests see.
     *
     * @throws NotReady if the configuration cannot be put into effect
     */
    Prepared prepare(GemproxyConfig next) throws NotReady;
}
