package io.gemproxy.server.keys.health;

/**
 * How well something works, from its recent outcomes and how long they took. Safe for use by many
 * threads without a lock, since every request comes by: of two outcomes at the same moment one may
 * be lost, which an average of many hardly notices.
 */
public final class HealthScore {
    /** Share of the newest outcome: about the last twenty decide. */
    private static final double NEWEST = 0.1;

    /** Slowness alone never takes more than half of the score. */
    private static final double SLOWEST = 0.5;

    /** Up to twice the usual time is not slow. */
    private static final double PATIENCE = 2.0;

    private volatile double outcomes = 1.0;
    private volatile double latencyNanos;

    /** It worked, and took this long to the head of the answer. */
    public void succeeded(long tookNanos) {
        double before = outcomes;
        if (before < 1.0) {
            outcomes = Math.min(1.0, before + (1.0 - before) * NEWEST);
        }
        double usual = latencyNanos;
        latencyNanos = usual == 0 ? tookNanos : usual + (tookNanos - usual) * NEWEST;
    }

    /** It failed, by its own fault or an unknown one. */
    public void failed() {
        double before = outcomes;
        outcomes = before - before * NEWEST;
    }

    /** 0.0 (nothing works) to 1.0, from outcomes alone. */
    public double value() {
        return outcomes;
    }

    /** The same, lowered where it is much slower than usual. */
    public double value(HealthScore usual) {
        double mine = latencyNanos;
        double theirs = usual.latencyNanos;
        double pace = mine <= 0 || theirs <= 0 ? 1.0 : PATIENCE * theirs / mine;
        return outcomes * Math.clamp(pace, SLOWEST, 1.0);
    }

    /** Mean time to the head of an answer in nanoseconds, 0 if there was none. */
    public double latencyNanos() {
        return latencyNanos;
    }

    /** Takes up the score of an earlier run. */
    public void restore(double score) {
        outcomes = Math.clamp(score, 0.0, 1.0);
    }
}
