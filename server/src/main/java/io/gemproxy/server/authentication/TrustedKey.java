package io.gemproxy.server.authentication;

import java.security.Key;

/**
 * A key that verifies tokens, with all that its tokens can never choose themselves.
 *
 * @param authority in whose name it signs
 * @param kid its name; empty for the only one of an issuer that gives it none
 * @param algorithm the only one it is used with
 * @param material the secret or the public key
 */
record TrustedKey(Authority authority, String kid, SignatureAlgorithm algorithm, Key material) {
    /**
     * @throws TokenRefusedException if it has not signed the token
     */
    void check(TokenParts token) throws TokenRefusedException {
        if (!algorithm.verifies(material, token.signed(), token.signature())) {
            throw Refusal.TOKEN_SIGNATURE_INVALID.raise();
        }
    }

    @Override
    public String toString() {
        return "TrustedKey[" + kid + ", " + algorithm + "]";
    }
}
