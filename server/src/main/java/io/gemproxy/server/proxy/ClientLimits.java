package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.ratelimit.Allowance;
import io.gemproxy.server.ratelimit.ClientRateLimiter;
import io.gemproxy.server.ratelimit.RateDecision;
import java.time.Duration;
import java.util.List;

/** Step 4: how often a client may call. */
final class ClientLimits {
    private final ClientRateLimiter limiter;

    ClientLimits(ClientRateLimiter limiter) {
        this.limiter = limiter;
    }

    /**
     * Counts the request; the chunks of an upload were counted by its start.
     *
     * @return the {@code RateLimit} headers of the answer
     * @throws LimitReached when the client must wait
     */
    List<HeaderField> take(Client client, boolean chunk) {
        if (chunk) {
            return List.of();
        }
        return switch (limiter.tryAdmit(client)) {
            case RateDecision.Admitted admitted ->
                    admitted.allowance().map(ClientLimits::fields).orElse(List.of());
            case RateDecision.Limited limited ->
                    throw new LimitReached(
                            refusal(limited.retryAfter(), limited.allowance()),
                            fields(limited.allowance()));
        };
    }

    private static Rejection refusal(Duration wait, Allowance allowance) {
        return new Rejection.Exhausted(
                RateDecision.REASON,
                "This client may make "
                        + allowance.limit()
                        + " requests a minute. Please retry in "
                        + RejectionBody.seconds(wait)
                        + "s.",
                wait);
    }

    private static List<HeaderField> fields(Allowance allowance) {
        return List.of(
                new HeaderField("RateLimit-Policy", allowance.policyField()),
                new HeaderField("RateLimit", allowance.stateField()));
    }
}
