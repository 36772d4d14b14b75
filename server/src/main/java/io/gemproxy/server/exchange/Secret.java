package io.gemproxy.server.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

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
