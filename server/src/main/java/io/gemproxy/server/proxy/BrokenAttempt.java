package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.upstream.UpstreamException;
import java.util.Optional;

/** Why an attempt gave no answer, in words for the client. */
final class BrokenAttempt {
    private BrokenAttempt() {}

    /** Why the client's own body could not be forwarded, if that is what broke the attempt. */
    static Optional<Rejection> bodyRefusal(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge body) {
                return Optional.of(new Rejection.TooLarge(body.limit()));
            }
            if (cause instanceof BodyRefused body) {
                return Optional.of(body.rejection());
            }
        }
        return Optional.empty();
    }

    /** What a client is told of a fault on the way to Google. */
    static Rejection rejection(UpstreamException fault) {
        return switch (fault.fault()) {
            case TIMEOUT -> new Rejection.UpstreamTimeout("Gemini did not answer in time.");
            case MALFORMED ->
                    new Rejection.BadGateway(
                            "UPSTREAM_MALFORMED", "The upstream's answer was not valid HTTP.");
            case CONNECT, TLS, RESET, REQUEST_BODY, ABORTED ->
                    new Rejection.Unavailable(
                            "UPSTREAM_UNREACHABLE",
                            "Gemini could not be reached, or closed the connection before it answered.");
        };
    }
}
