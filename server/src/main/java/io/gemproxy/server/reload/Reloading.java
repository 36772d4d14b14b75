package io.gemproxy.server.reload;

/** Reads the configuration again and puts it into effect. */
@FunctionalInterface
public interface Reloading {
    /**
     * Blocks until the configuration is in effect or refused; one at a time, in the order of the
     * calls. A refused configuration changes nothing.
     */
    ReloadOutcome reload(ReloadCause cause);
}
