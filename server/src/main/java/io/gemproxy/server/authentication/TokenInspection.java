package io.gemproxy.server.authentication;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token says of itself, its signature unchecked: for people, never for a decision.
 *
 * @param header the header as JSON
 * @param claims the claims as JSON
 * @param tokenId {@code jti}, if it is text
 * @param expiresAt {@code exp}, if there is a sane one
 * @param state whether it could be used now, were the signature right
 */
public record TokenInspection(
        String header,
        String claims,
        Optional<String> tokenId,
        Optional<Instant> expiresAt,
        State state) {
    /** Where now lies in the token's life. */
    public enum State {
        LIVE,
        NOT_YET_VALID,
        EXPIRED,
        /** No {@code exp}, or a date that makes no sense: the proxy refuses it. */
        WITHOUT_EXPIRY
    }

    /** Decodes a token; empty if it is not a JWT in canonical compact form. */
    public static Optional<TokenInspection> of(String token, Instant now) {
        try {
            TokenParts parts = TokenParts.parse(token);
            Optional<ValidityWindow> window = window(parts);
            return Optional.of(
                    new TokenInspection(
                            parts.header().toString(),
                            parts.claims().toString(),
                            Optional.ofNullable(parts.claims().path("jti").textValue()),
                            window.map(ValidityWindow::until),
                            window.map(some -> state(some, now)).orElse(State.WITHOUT_EXPIRY)));
        } catch (TokenRefusedException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<ValidityWindow> window(TokenParts parts) {
        try {
            return Optional.of(ValidityWindow.of(parts.claims(), Duration.ZERO));
        } catch (TokenRefusedException noExpiry) {
            return Optional.empty();
        }
    }

    private static State state(ValidityWindow window, Instant now) {
        if (!now.isBefore(window.until())) {
            return State.EXPIRED;
        }
        return now.isBefore(window.from()) ? State.NOT_YET_VALID : State.LIVE;
    }
}
