package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.Rejection;
import java.io.Serial;
import java.time.Duration;

/** A request for a token that is refused, in the words of RFC 6749 section 5.2. */
final class OAuthRefused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;
    private final String error;

    private OAuthRefused(String error, Rejection rejection) {
        super(rejection.message());
        this.error = error;
        this.rejection = rejection;
    }

    static OAuthRefused invalid(String message) {
        return new OAuthRefused(
                "invalid_request", new Rejection.Invalid("OAUTH_REQUEST_INVALID", message));
    }

    static OAuthRefused unsupportedGrant() {
        return new OAuthRefused(
                "unsupported_grant_type",
                new Rejection.Invalid(
                        "OAUTH_GRANT_UNSUPPORTED", "Only client_credentials is served here."));
    }

    static OAuthRefused scope(String why) {
        return new OAuthRefused("invalid_scope", new Rejection.Invalid("OAUTH_SCOPE_INVALID", why));
    }

    static OAuthRefused noClient() {
        return unknown("OAUTH_CLIENT_ABSENT");
    }

    /**
     * @param reason for the audit log; the answer is the same for all
     */
    static OAuthRefused unknown(String reason) {
        return new OAuthRefused("invalid_client", new Rejection.Unauthenticated(reason));
    }

    static OAuthRefused tooOften(Duration time) {
        return new OAuthRefused(
                "temporarily_unavailable",
                new Rejection.Limited(
                        LimitPolicy.ADDRESS_FAILURES,
                        "Too many failed attempts from this address.",
                        time));
    }

    static OAuthRefused of(Rejection rejection) {
        boolean wrong = rejection.status() < 500 && rejection.retryIn().isEmpty();
        return new OAuthRefused(wrong ? "invalid_request" : "temporarily_unavailable", rejection);
    }

    Rejection rejection() {
        return rejection;
    }

    String error() {
        return error;
    }

    /** What the client is told; of a secret that does not fit nothing else than of none. */
    String description() {
        return rejection instanceof Rejection.Unauthenticated
                ? "The client is not known, or its secret is another."
                : rejection.message();
    }
}
