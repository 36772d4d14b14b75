package io.gemproxy.cli.output;

/** Time as it passes for somebody who waits. */
public interface Pulse {
    /** Nanoseconds since a moment that stays the same, as {@link System#nanoTime} has them. */
    long nanoTime();

    /** Does something a few times a second, in a thread of its own, until the beat is closed. */
    Beat beat(Runnable stroke);

    /** What ends it. */
    @FunctionalInterface
    interface Beat extends AutoCloseable {
        /** No stroke begins any more. */
        @Override
        void close();
    }
}
