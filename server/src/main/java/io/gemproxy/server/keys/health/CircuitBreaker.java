package io.gemproxy.server.keys.health;

/**
 * Rests a key after failures in a row for which nobody else is known to be at fault; then lets one
 * request at a time find out. Safe for use by many threads.
 */
public final class CircuitBreaker {
    private static final int LONGEST = 10;
    private static final int SUCCESSES_TO_CLOSE = 2;

    /** Where it stands. */
    public enum State {
        CLOSED,
        OPEN,
        /** One request at a time finds out. */
        HALF_OPEN
    }

    private volatile BreakerConfig config;
    private volatile State state = State.CLOSED;
    private volatile int failuresInARow;
    private int openings;
    private int successes;
    private boolean asking;
    private long askedAt;
    private long opensUntil;
    private long trips;

    public CircuitBreaker(BreakerConfig config) {
        this.config = config;
    }

    /** Other times and counts hold from now on; where it stands stays. */
    public void configure(BreakerConfig next) {
        config = next;
    }

    /** Where it stands now. */
    public State state() {
        return state;
    }

    /** How often it opened since the start. */
    public synchronized long trips() {
        return trips;
    }

    /** Whether a request may go through; {@link #enter} takes the place of the one that asks. */
    public boolean admits(long now) {
        return state == State.CLOSED || opening(now) - now <= 0;
    }

    /** When the next request may go through, on the monotonic clock; {@code now} if at once. */
    public synchronized long opening(long now) {
        return switch (state) {
            case CLOSED -> now;
            case OPEN -> later(opensUntil, now);
            case HALF_OPEN -> asking ? later(askedAt + config.open().toNanos(), now) : now;
        };
    }

    /**
     * Whether for so long a request might have gone through to find out, and none came.
     *
     * @param nanos how long at least
     */
    public synchronized boolean nobodyAskedFor(long nanos, long now) {
        return switch (state) {
            case CLOSED -> false;
            case OPEN -> now - opensUntil >= nanos;
            case HALF_OPEN ->
                    now - askedAt >= Math.max(nanos, asking ? config.open().toNanos() : 0);
        };
    }

    /**
     * A request goes through.
     *
     * @return false if another one is finding out already
     */
    public boolean enter(long now) {
        return state == State.CLOSED || ask(now);
    }

    private synchronized boolean ask(long now) {
        if (state == State.CLOSED) {
            return true;
        }
        if (opening(now) - now > 0) {
            return false;
        }
        if (state == State.OPEN) {
            successes = 0;
        }
        state = State.HALF_OPEN;
        asking = true;
        askedAt = now;
        return true;
    }

    /**
     * The key works.
     *
     * @return whether this closed the breaker
     */
    public boolean succeeded() {
        return (state != State.CLOSED || failuresInARow != 0) && success();
    }

    private synchronized boolean success() {
        failuresInARow = 0;
        if (state != State.HALF_OPEN) {
            return false;
        }
        asking = false;
        if (++successes < SUCCESSES_TO_CLOSE) {
            return false;
        }
        state = State.CLOSED;
        openings = 0;
        return true;
    }

    /** The request that went through says nothing about the key. */
    public void saidNothing() {
        if (state != State.CLOSED) {
            synchronized (this) {
                asking = false;
            }
        }
    }

    /**
     * The key failed for no known reason.
     *
     * @param mayOpen false while too many keys rest already: then the fault is not theirs
     * @return whether this opened the breaker
     */
    public synchronized boolean failed(long now, boolean mayOpen) {
        failuresInARow = failuresInARow + 1;
        boolean again = state == State.HALF_OPEN;
        boolean first = state == State.CLOSED && failuresInARow >= config.failures() && mayOpen;
        if (!again && !first) {
            return false;
        }
        asking = false;
        state = State.OPEN;
        openings = Math.min(LONGEST, openings == 0 ? 1 : openings * 2);
        opensUntil = now + config.open().toNanos() * openings;
        trips++;
        return true;
    }

    /** Closes it, as an operator or a successful probe does. */
    public synchronized void reset() {
        state = State.CLOSED;
        failuresInARow = 0;
        openings = 0;
        asking = false;
    }

    /** Opens it, as it was before a restart. */
    public synchronized void restore(long untilNanos) {
        state = State.OPEN;
        openings = 1;
        opensUntil = untilNanos;
    }

    private static long later(long a, long b) {
        return a - b > 0 ? a : b;
    }
}
