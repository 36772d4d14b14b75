package io.gemproxy.server.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Changes on their way to a journal; takes one without ever waiting. When the disk cannot follow
 * they are forgotten one and all, and the journal is written anew from what is live.
 */
public final class Changes<E> implements Consumer<E> {
    private static final int MOST = 16_384;

    private final BlockingQueue<E> waiting = new ArrayBlockingQueue<>(MOST);
    private final AtomicBoolean overflowed = new AtomicBoolean();
    private final AtomicLong accepted = new AtomicLong();
    private final Confirmations confirmations = new Confirmations();
    private final Supplier<List<E>> gathered;

    /** Changes that are told one by one. */
    public Changes() {
        this(List::of);
    }

    /**
     * Changes that their owner gathers by itself.
     *
     * @param gathered gives those since it was last asked, each once
     */
    public Changes(Supplier<List<E>> gathered) {
        this.gathered = gathered;
    }

    @Override
    public void accept(E change) {
        add(change);
    }

    /**
     * As {@link #accept}.
     *
     * @return where the change stands, for {@link #await}
     */
    public long add(E change) {
        if (!waiting.offer(change)) {
            overflowed.set(true);
        }
        return accepted.incrementAndGet();
    }

    /**
     * Waits until a change and all before it are on the disk, which is made to hurry. Nobody waits
     * while the disk is known to be in trouble: after a write that failed, or that somebody has
     * waited for in vain, until one succeeds.
     *
     * @return whether they are
     */
    public boolean await(long position, Duration patience) {
        return confirmations.await(position, patience);
    }

    Confirmations confirmations() {
        return confirmations;
    }

    /** Where the last change stands; asked before {@link #takeOverflow} and {@link #take}. */
    long position() {
        return accepted.get();
    }

    /** Whether something was forgotten since the last call. */
    boolean takeOverflow() {
        return overflowed.getAndSet(false);
    }

    List<E> take() {
        List<E> taken = new ArrayList<>(gathered.get());
        waiting.drainTo(taken);
        return taken;
    }
}
