package io.gemproxy.server.authentication;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The SHA-256 of a whole token, so that a cache holds no token.
 *
 * @param first the first eight bytes
 * @param second the next eight
 * @param third the next eight
 * @param fourth the last eight
 */
record TokenDigest(long first, long second, long third, long fourth) {
    /** Never fed itself: to look one up takes longer than to digest a token. */
    private static final MessageDigest UNUSED = sha256();

    static TokenDigest of(String token) {
        ByteBuffer digest =
                ByteBuffer.wrap(unused().digest(token.getBytes(StandardCharsets.UTF_8)));
        return new TokenDigest(
                digest.getLong(), digest.getLong(), digest.getLong(), digest.getLong());
    }

    private static MessageDigest unused() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException theJdksOwnCanBe) {
            return sha256();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
