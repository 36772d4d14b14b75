package io.gemproxy.server.state;

import java.io.IOException;

/** One of the files that are kept. Used by one thread at a time. */
interface Stored {
    /** Gives what is on disk back to its owner; once, before the first flush. */
    void load() throws IOException;

    /** Whether somebody waits for it to be written. */
    default boolean isWanted() {
        return false;
    }

    /** Brings the file up to date; after a failure the next call does what is still to do. */
    void flush() throws IOException;

    /** After the last flush: leaves the file as the next start reads it fastest. */
    default void finish() throws IOException {}
}
