package io.gemproxy.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

/** What was opened, to be closed in reverse order. */
final class Closing implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Closing.class.getName());

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    synchronized <T extends AutoCloseable> T later(T resource) {
        opened.push(resource);
        return resource;
    }

    /** True for the first caller only. */
    boolean begin() {
        return begun.compareAndSet(false, true);
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                LOG.log(System.Logger.Level.WARNING, "could not close cleanly", failed);
            }
        }
    }
}
