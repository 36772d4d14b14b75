package io.gemproxy.server.admin;

import java.time.Instant;

/** What became of the wish for a new certificate. */
public sealed interface OrderWish {
    /** Certificates are not ordered here. */
    record NotOrdered() implements OrderWish {}

    /** The order begins. */
    record Begun() implements OrderWish {}

    /** One is under way already. */
    record UnderWay() implements OrderWish {}

    /**
     * Too many proofs have failed.
     *
     * @param until when this is over
     */
    record Held(Instant until) implements OrderWish {}
}
