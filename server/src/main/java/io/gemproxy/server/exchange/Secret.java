package io.gemproxy.server.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A value nobody may print: a pooled key, a signing secret, a password. */
public final class Secret {
    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    public static Secret of(String value) {
        return new Secret(value);
    }

    /** The bare value. Only the rooms named in the architecture test may call this. */
    public String open() {
        return value;
    }

    /** The same value as an object of its own. */
    public Secret copy() {
        return new Secret(value);
    }

    /**
     * A mark by which a later process knows the same secret again: 64 bits of its SHA-256, in hex.
     * Only for random secrets, which cannot be guessed from it.
     */
    public String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes());
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What kind of key this is, if it is one. */
    public KeyType keyType() {
        return KeyType.of(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "****";
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
