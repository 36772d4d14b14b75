package io.gemproxy.cli.token;

import io.gemproxy.server.KeySetPlaces;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;

import java.time.InstantSource;

/**
 * Judges a token as a server with the same configuration would; for a token of an issuer its key
 * set is read, if need be over the network. What a running server has revoked it does not know.
 */
final class TokenJudge {
    private final InstantSource clock;

    TokenJudge(InstantSource clock) {
        this.clock = clock;
    }

    AuthenticationResult judge(AuthenticationConfig config, String token) {
        if (config.issuers().isEmpty()) {
            return judge(config, TrustedIssuers.NONE, token);
        }
        try (KeySetPlaces places = new KeySetPlaces()) {
            return judge(config, new TrustedIssuers(config.issuers(), places, () -> 0), token);
        }
    }

    private AuthenticationResult judge(
            AuthenticationConfig config, TrustedIssuers issuers, String token) {
        SigningSecrets secrets = SigningSecrets.configured(config.jwtSecret());
        return new TokenVerifier(
                        config.clockSkew(), () -> secrets, issuers, RevocationCheck.NONE, 0, clock)
                .verify(token);
    }
}
