package io.gemproxy.server.keys;

import java.time.Duration;
import java.util.Optional;

/** The pool's answer to a wish for a key. */
public sealed interface Lending {
    /** A key, to be settled after the attempt. */
    record Lent(KeyLease lease) implements Lending {}

    /**
     * No key now.
     *
     * @param reason why the nearest one is not free
     * @param retryAfter the earliest moment a key opens; empty when none will open by itself
     */
    record Exhausted(Reason reason, Optional<Duration> retryAfter) implements Lending {}

    /** Why no key can be lent. */
    enum Reason {
        /**
         * All keys that could serve rest until a quota window opens, or have used up their own
         * limit.
         */
        COOLING,
        /** Every key is invalid, expired or refused: an operator must act. */
        NO_USABLE_KEY,
        /** Each key that may serve this request was tried. */
        ALL_TRIED,
        /** The model has no capacity; other keys would not help. */
        MODEL_OVERLOADED,
        /** Google refuses the address the proxy calls from; other keys would not help. */
        EGRESS_REFUSED,
        /** The request names a resource of a project that is no longer in the pool. */
        PROJECT_GONE
    }
}
