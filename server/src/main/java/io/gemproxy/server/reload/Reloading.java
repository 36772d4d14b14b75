package io.gemproxy.server.reload;

import java.util.function.Supplier;

/** Reads the configuration again and puts it into effect. */
@FunctionalInterface
public interface Reloading {
    /**
     * Blocks until the configuration is in effect or refused; one at a time, in the order of the
     * calls. A refused configuration changes nothing.
     */
    ReloadOutcome reload(ReloadCause cause);

    /**
     * Lets nobody else reload while this runs, so that files which belong together can be changed
     * one after the other.
     */
    default <T> T undisturbed(Supplier<T> work) {
        return work.get();
    }
}
