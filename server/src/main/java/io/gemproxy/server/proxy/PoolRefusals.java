package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.keys.Lending;
import java.time.Duration;

/** What a client is told when the pool has nothing for it; never which key or why in detail. */
final class PoolRefusals {
    private PoolRefusals() {}

    static Rejection of(Lending.Exhausted exhausted) {
        if (exhausted.reason() == Lending.Reason.MODEL_OVERLOADED) {
            return new Rejection.Unavailable(
                    "MODEL_OVERLOADED",
                    "Gemini has no capacity for this model at the moment; other keys would not"
                            + " help.");
        }
        if (exhausted.reason() == Lending.Reason.EGRESS_REFUSED) {
            return new Rejection.Unavailable(
                    "EGRESS_REFUSED",
                    "Gemini refuses the address this proxy calls from; its operator must act.");
        }
        return exhausted
                .retryAfter()
                .map(PoolRefusals::cooling)
                .orElseGet(() ->
                        switch (exhausted.reason()) {
                            case PROJECT_GONE ->
                                    new Rejection.Unavailable(
                                            "PROJECT_UNAVAILABLE",
                                            "The request names a file, cache or upload of a project whose keys are no longer in this"
                                                    + " proxy's pool.");
                            case COOLING,
                                    NO_USABLE_KEY,
                                    ALL_TRIED,
                                    MODEL_OVERLOADED,
                                    EGRESS_REFUSED ->
                                    noUsableKey();
                        });
    }

    static Rejection noUsableKey() {
        return new Rejection.Unavailable(
                "NO_USABLE_KEY",
                "This proxy has no working Gemini key for the request. Its operator finds the reason with"
                        + " 'gemproxy-cli keys list'.");
    }

    static Rejection cooling(Duration wait) {
        return new Rejection.Exhausted(
                "POOL_EXHAUSTED",
                "Every Gemini key of this proxy that could serve the request is at its quota. Please retry in "
                        + RejectionBody.seconds(wait)
                        + "s.",
                wait);
    }
}
