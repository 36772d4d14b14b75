package io.gemproxy.server.ratelimit;

/** Something that was counted before it was known how much it would be. Settled at most once. */
@FunctionalInterface
public interface Ticket {
    /** Of what no limit counts. */
    Ticket NONE = real -> {};

    /**
     * Corrects the count: what was not needed is given back, what was used beyond it counts from
     * now on.
     *
     * @param real in the policy's unit; 0 if nothing came of it
     */
    void settle(long real);
}
