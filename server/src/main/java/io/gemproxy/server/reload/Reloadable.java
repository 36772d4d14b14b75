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

    /** The settings it is about, for the case that it cannot take over. */
    default String settings() {
        return "";
    }

    /** One that is about these settings. */
    static Reloadable of(String settings, Reloadable part) {
        return new Reloadable() {
            @Override
            public Prepared prepare(GemproxyConfig next) throws NotReady {
                return part.prepare(next);
            }

            @Override
            public String settings() {
                return settings;
            }
        };
    }
}
