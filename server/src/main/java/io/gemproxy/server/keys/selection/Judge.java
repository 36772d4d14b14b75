package io.gemproxy.server.keys.selection;

/**
 * What the pool knows about a candidate at the moment of choosing.
 *
 * @param <C> the candidates
 */
public interface Judge<C> {
    /** Whether nothing keeps it from serving, known limits included if the policy refuses early. */
    boolean free(C candidate);

    /** The share of its weight it has now, above 0.0, up to 1.0. */
    double share(C candidate);

    /** How far it is from its known limits, 0.0 (at one) to 1.0 (unused, or none known). */
    double headroom(C candidate);

    /** Requests it was sent in the last minute. */
    long recent(C candidate);

    /** Whether it takes this turn, which it may leave out while it comes back. */
    boolean takesTurn(C candidate);
}
