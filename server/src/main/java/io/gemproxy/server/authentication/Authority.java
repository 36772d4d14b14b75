package io.gemproxy.server.authentication;

import java.util.Optional;

/**
 * In whose name tokens are signed, and what it may say in them.
 *
 * @param issuer what {@code iss} must be; empty: free
 * @param audience what {@code aud} must hold
 * @param audienceRequired whether a token without {@code aud} is refused
 * @param mintsAdmins whether {@code role} may be admin
 * @param subjectPrefix put before {@code sub} to make the client's name
 */
record Authority(
        Optional<String> issuer,
        String audience,
        boolean audienceRequired,
        boolean mintsAdmins,
        String subjectPrefix) {
    /** The audience a token names if it is for us. */
    static final String GEMPROXY = "gemproxy";

    /** Whoever holds one of our own signing secrets. */
    static final Authority OURS = new Authority(Optional.empty(), GEMPROXY, false, true, "");

    static Authority of(IssuerConfig config) {
        return new Authority(
                Optional.of(config.issuer()),
                config.audience(),
                true,
                config.adminTokens(),
                config.subjectPrefix());
    }
}
