package io.gemproxy.server.authentication;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * An entry of {@code auth.jwks}: somebody else whose tokens are believed, and where its public keys
 * are.
 *
 * @param issuer what {@code iss} of its tokens is, exactly
 * @param audience what {@code aud} of its tokens must hold
 * @param keys where its JSON Web Key Set is (RFC 7517)
 * @param algorithms the ones of its tokens, of {@link #ALGORITHMS}; empty: all of them
 * @param adminTokens whether its tokens may say {@code role: admin}
 * @param subjectPrefix put before {@code sub}, so that no two issuers speak of one client
 */
public record IssuerConfig(
        String issuer,
        String audience,
        Keys keys,
        List<String> algorithms,
        boolean adminTokens,
        String subjectPrefix) {
    /** What {@code algorithms} may name. */
    public static final Set<String> ALGORITHMS =
            Set.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
                    "EdDSA");

    /** The audience where none is configured. */
    public static final String AUDIENCE = Authority.GEMPROXY;

    /** Where a key set is. */
    public sealed interface Keys {}

    /** A file, read again when it is asked for a key that was not in it. */
    public record InFile(Path path) implements Keys {}

    /** An https address. */
    public record AtUrl(URI url) implements Keys {}
}
