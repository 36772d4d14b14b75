package io.gemproxy.cli.token;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.server.KeySetPlaces;
import io.gemproxy.server.Trust;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.IssuerConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Judges a token as a server with the same configuration would; for a token of an issuer its key
 * set is read, if need be over the network. Rotated secrets and revocations are known where the
 * state directory may be read.
 */
final class TokenJudge {
    private final Installation installation;
    private final InstantSource clock;

    TokenJudge(Installation installation, InstantSource clock) {
        this.installation = installation;
        this.clock = clock;
    }

    AuthenticationResult judge(LoadedConfig loaded, String token) {
        List<IssuerConfig> issuers = loaded.config().authentication().issuers();
        if (issuers.isEmpty()) {
            return judge(loaded, TrustedIssuers.NONE, token);
        }
        try (KeySetPlaces places = new KeySetPlaces()) {
            return judge(loaded, new TrustedIssuers(issuers, places, () -> 0), token);
        }
    }

    private AuthenticationResult judge(LoadedConfig loaded, TrustedIssuers issuers, String token) {
        AuthenticationConfig config = loaded.config().authentication();
        Optional<Trust> trust = installation.trust(loaded);
        SigningSecrets secrets =
                trust.map(it -> it.ring().get())
                        .orElseGet(() -> SigningSecrets.configured(config.jwtSecret()));
        RevocationCheck revocations =
                trust.<RevocationCheck>map(Trust::revocations).orElse(RevocationCheck.NONE);
        return new TokenVerifier(config.clockSkew(), () -> secrets, issuers, revocations, 0, clock)
                .verify(token);
    }
}
