package io.gemproxy.server.authentication;

/** Why a token is refused: the reason codes that audit and metrics show. */
enum Refusal {
    /** Not three non-empty canonical base64url segments, or too long. */
    TOKEN_MALFORMED,
    /** Header or claims are not one strict JSON object. */
    TOKEN_JSON_INVALID,
    /** {@code alg} is absent, not text, or not HS256, HS384 or HS512. */
    TOKEN_ALGORITHM_REFUSED,
    /** A header member that changes how a token is to be read, or names a key from outside. */
    TOKEN_HEADER_REFUSED,
    /** No secret is configured, so nothing can be verified. */
    TOKEN_UNVERIFIABLE,
    /** The signature is not ours. */
    TOKEN_SIGNATURE_INVALID,
    /** {@code exp} is over. */
    TOKEN_EXPIRED,
    /** {@code nbf} or {@code iat} lies ahead. */
    TOKEN_NOT_YET_VALID,
    /** {@code sub} or {@code exp} is missing. */
    TOKEN_CLAIM_MISSING,
    /** A claim has the wrong type or is out of range. */
    TOKEN_CLAIM_INVALID,
    /** {@code aud} does not name gemproxy. */
    TOKEN_AUDIENCE_REFUSED;

    TokenRefusedException raise() {
        return new TokenRefusedException(this);
    }
}
