package io.gemproxy.server.keys.cache;

import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.gemini.ModelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** A SHA-256 under way, begun with a secret, a client and a model. */
final class KeyedHash {
    private final MessageDigest digest;

    private KeyedHash(MessageDigest digest) {
        this.digest = digest;
    }

    static KeyedHash of(byte[] salt, ClientId client, Optional<ModelName> model) {
        try {
            KeyedHash hash = new KeyedHash(MessageDigest.getInstance("SHA-256"));
            hash.digest.update(salt);
            return hash.add(client.value()).add(model.map(ModelName::value).orElse(""));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }

    KeyedHash copy() {
        try {
            return new KeyedHash((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException never) {
            throw new IllegalStateException("SHA-256 of the platform can be cloned", never);
        }
    }

    KeyedHash add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    /** Adds bytes and how many they are, so that what is added one after the other stays apart. */
    KeyedHash add(byte[] bytes, int offset, int length) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        digest.update(bytes, offset, length);
        return this;
    }

    /**
     * Ends the hash.
     *
     * @param kind keeps keys of different kinds apart
     */
    CacheKey key(char kind) {
        digest.update((byte) kind);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new CacheKey(hash.getLong(), hash.getLong());
    }
}
