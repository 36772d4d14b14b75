package io.gemproxy.server.listener;

import java.util.function.LongSupplier;

/**
 * How long a connection has been waiting for its client, and for what; read by the reaper's thread.
 */
final class StallClock {
    /** What the server waits for. */
    enum Phase {
        NOTHING,
        /** The first byte of a first request, TLS included. */
        FIRST,
        HEAD,
        BETWEEN,
        BODY,
        /** The rest of a body that was refused. */
        UNWANTED
    }

    private static final long UNWANTED_NANOS = 2_000_000_000L;

    private final LongSupplier nanoTime;
    private boolean first = true;
    private volatile Phase phase = Phase.FIRST;
    private volatile long since;
    private volatile long writingSince;

    StallClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /**
     * A head is given one deadline from its first byte on; the other phases are timed read by read.
     */
    void reading(Phase next) {
        Phase now = first && next == Phase.BETWEEN ? Phase.FIRST : next;
        if (now == Phase.FIRST) {
            phase = now;
            return;
        }
        first = false;
        if (now != Phase.HEAD || phase != Phase.HEAD) {
            since = nanoTime.getAsLong();
        }
        phase = now;
    }

    void done() {
        if (phase != Phase.HEAD) {
            first = first && phase != Phase.FIRST;
            phase = phase == Phase.FIRST || phase == Phase.BETWEEN ? Phase.HEAD : Phase.NOTHING;
            since = nanoTime.getAsLong();
        }
    }

    /** A request head is complete: the client owes nothing for now. */
    void served() {
        phase = Phase.NOTHING;
    }

    void writing() {
        writingSince = nanoTime.getAsLong();
    }

    void written() {
        writingSince = 0;
    }

    boolean overdue(Deadlines deadlines, long now) {
        long stuck = writingSince;
        if (stuck != 0 && now - stuck > deadlines.write().toNanos()) {
            return true;
        }
        long waited = now - since;
        return switch (phase) {
            case NOTHING -> false;
            case FIRST, HEAD -> waited > deadlines.head().toNanos();
            case BETWEEN -> waited > deadlines.idle().toNanos();
            case BODY -> waited > deadlines.body().toNanos();
            case UNWANTED -> waited > UNWANTED_NANOS;
        };
    }
}
