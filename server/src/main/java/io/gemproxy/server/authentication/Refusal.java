package io.gemproxy.server.authentication;

/** Why a token is refused: the reason codes that audit and metrics show. */
enum Refusal {
    /** Not three non-empty canonical base64url segments, or too long. */
    TOKEN_MALFORMED,
    /** Header or claims are not one strict JSON object. */
    TOKEN_JSON_INVALID,
    /** {@code alg} is absent, not text, or none we know; {@code none} is none. */
    TOKEN_ALGORITHM_REFUSED,
    /** A header member that changes how a token is to be read, or names a key from outside. */
    TOKEN_HEADER_REFUSED,
    /** No secret is configured, so nothing can be verified. */
    TOKEN_UNVERIFIABLE,
    /** {@code kid} names no key, or none of this algorithm. */
    TOKEN_KEY_UNKNOWN,
    /** {@code iss} is missing or nobody whose public keys we know. */
    TOKEN_ISSUER_REFUSED,
    /** The keys of its issuer could not be had, and what we knew of them is too old. */
    TOKEN_ISSUER_UNAVAILABLE,
    /** The signature is not that of the key. */
    TOKEN_SIGNATURE_INVALID,
    /** {@code exp} is over. */
    TOKEN_EXPIRED,
    /** {@code nbf} or {@code iat} lies ahead. */
    TOKEN_NOT_YET_VALID,
    /** {@code sub} or {@code exp} is missing. */
    TOKEN_CLAIM_MISSING,
    /** A claim has the wrong type or is out of range. */
    TOKEN_CLAIM_INVALID,
    /** {@code aud} does not name us. */
    TOKEN_AUDIENCE_REFUSED,
    /** {@code role} is more than its issuer may give. */
    TOKEN_ROLE_REFUSED,
    /** It was taken back. */
    TOKEN_REVOKED;

    TokenRefusedException raise() {
        return new TokenRefusedException(this);
    }
}
