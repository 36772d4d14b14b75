package io.gemproxy.server.listener;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Until when one connection may be silent, by what it is in the middle of. Set by its own thread,
 * looked at by the one that closes connections that are late.
 */
final class Deadlines {
    private static final long NONE = 0;

    private final Timeouts timeouts;
    private final LongSupplier nanoTime;
    private volatile long readDeadline = NONE;
    private volatile long writeDeadline = NONE;
    private long headDeadline;
    private long headStarted = NONE;
    private boolean first = true;
    private volatile long idleSince = NONE;

    /** The first head is awaited from now on. */
    Deadlines(Timeouts timeouts, LongSupplier nanoTime) {
        this.timeouts = timeouts;
        this.nanoTime = nanoTime;
        this.headDeadline = after(timeouts.header().toNanos());
        this.idleSince = after(0);
    }

    /** Bytes are awaited. */
    void reading(WireGuard.Phase phase) {
        if (phase == WireGuard.Phase.IDLE && idleSince == NONE) {
            idleSince = after(0);
        }
        readDeadline = until(phase);
    }

    /** They are there. */
    void read() {
        readDeadline = NONE;
    }

    /** The rest of a request that is refused is read and dropped. */
    void lingering() {
        readDeadline = after(timeouts.linger().toNanos());
    }

    void writing() {
        writeDeadline = after(timeouts.body().toNanos());
    }

    void written() {
        writeDeadline = NONE;
    }

    /** The first bytes of a head are there, if they were not before. */
    void headBegins() {
        idleSince = NONE;
        if (headStarted == NONE) {
            headStarted = after(0);
        }
    }

    /** When they came; now if they did not. */
    long headStart() {
        return headStarted == NONE ? after(0) : headStarted;
    }

    /** A whole head, or a piece of a body, has gone to the parser. */
    void headTaken() {
        headDeadline = NONE;
        headStarted = NONE;
        first = false;
    }

    /** Whether the connection is late. */
    boolean areOver(long now) {
        return isOver(readDeadline, now) || isOver(writeDeadline, now);
    }

    /** Whether no head has begun for that long, since the last answer or since it connected. */
    boolean idleFor(Duration time, long now) {
        return isOver(idleSince, now - time.toNanos());
    }

    private static boolean isOver(long deadline, long now) {
        return deadline != NONE && now - deadline > 0;
    }

    private long until(WireGuard.Phase phase) {
        return switch (phase) {
            case BODY -> after(timeouts.body().toNanos());
            case IDLE -> first ? headDeadline : after(timeouts.idle().toNanos());
            case HEAD, FAILED -> {
                if (headDeadline == NONE) {
                    headDeadline = after(timeouts.header().toNanos());
                }
                yield headDeadline;
            }
        };
    }

    private long after(long nanos) {
        return (nanoTime.getAsLong() + nanos) | 1;
    }
}
