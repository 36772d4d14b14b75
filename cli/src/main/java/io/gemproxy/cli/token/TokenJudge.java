package io.gemproxy.cli.token;

import io.gemproxy.cli.installation.Installation;
import io.gemproxy.cli.output.CommandFailedException;
import io.gemproxy.cli.output.ExitCode;
import io.gemproxy.cli.output.Progress;
import io.gemproxy.server.KeySetPlaces;
import io.gemproxy.server.Trust;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.IssuerConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.ConfigSource;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Judges a token as a server with the same configuration would; for a token of an issuer its key
 * set is read, if need be over the network. Rotated secrets and revocations are known where the
 * state directory may be read.
 */
public final class TokenJudge {
    private final Installation installation;
    private final InstantSource clock;
    private final Progress progress;

    public TokenJudge(Installation installation, InstantSource clock, Progress progress) {
        this.installation = installation;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * Whether a key we trust has signed it: {@code valid}, {@code invalid} or {@code not_checked}.
     */
    String signature(ConfigSource source, String token) {
        return switch (installation.asTool(source)) {
            case ConfigResult.InvalidConfig _ -> "not_checked";
            case LoadedConfig loaded -> signature(judge(loaded, token));
        };
    }

    /** The signature is judged before the claims, so another refusal means that it holds. */
    private static String signature(AuthenticationResult result) {
        return switch (result) {
            case AuthenticationResult.Authenticated _ -> "valid";
            case AuthenticationResult.Refused refused ->
                    switch (refused.reason()) {
                        case "TOKEN_EXPIRED",
                                "TOKEN_NOT_YET_VALID",
                                "TOKEN_REVOKED",
                                "TOKEN_CLAIM_MISSING",
                                "TOKEN_CLAIM_INVALID",
                                "TOKEN_AUDIENCE_REFUSED",
                                "TOKEN_ROLE_REFUSED" ->
                                "valid";
                        case "TOKEN_UNVERIFIABLE",
                                "TOKEN_KEY_UNKNOWN",
                                "TOKEN_ISSUER_REFUSED",
                                "TOKEN_ISSUER_UNAVAILABLE" ->
                                "not_checked";
                        default -> "invalid";
                    };
        };
    }

    /**
     * Whether a server would take it, and why not.
     *
     * @throws CommandFailedException if there is no configuration to judge by
     */
    AuthenticationResult judge(ConfigSource source, String token) {
        return switch (installation.asTool(source)) {
            case LoadedConfig loaded -> judge(loaded, token);
            case ConfigResult.InvalidConfig _ ->
                    throw new CommandFailedException(
                            ExitCode.NO, "there is no valid configuration to verify it with");
        };
    }

    private AuthenticationResult judge(LoadedConfig loaded, String token) {
        List<IssuerConfig> issuers = loaded.config().authentication().issuers();
        if (issuers.isEmpty()) {
            return judge(loaded, TrustedIssuers.NONE, token);
        }
        try (KeySetPlaces places = new KeySetPlaces();
                var _ = progress.begin("Reading the keys of the token's issuer")) {
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
