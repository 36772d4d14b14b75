package io.gemproxy.simulator.record;

import io.gemproxy.simulator.http.RequestBody;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A body as it passes: counted, hashed when it is large, kept up to a cap. */
public final class Capture implements RequestBody.Tap {
    private final int cap;
    private byte[] kept = new byte[0];
    private int held;
    private long length;
    private @Nullable MessageDigest digest;

    /** Keeps at most that many bytes. */
    public Capture(int cap) {
        this.cap = cap;
    }

    @Override
    public synchronized void bytes(byte[] from, int offset, int count) {
        if (digest == null && length + count > cap) {
            digest = sha256();
            digest.update(kept, 0, held);
        }
        if (digest != null) {
            digest.update(from, offset, count);
        }
        int keep = Math.min(count, cap - held);
        if (held + keep > kept.length) {
            int grown = Math.max(held + keep, Math.min(cap, kept.length * 2));
            kept = Arrays.copyOf(kept, grown);
        }
        System.arraycopy(from, offset, kept, held, keep);
        held += keep;
        length += count;
    }

    /** How many bytes passed. */
    public synchronized long length() {
        return length;
    }

    /** The first bytes, up to the cap. */
    public synchronized byte[] bytes() {
        return Arrays.copyOf(kept, held);
    }

    /** SHA-256, in hexadecimal, of all bytes that passed. */
    public synchronized String sha256Hex() {
        return HexFormat.of().formatHex(digestSoFar());
    }

    private byte[] digestSoFar() {
        MessageDigest whole = digest;
        if (whole == null) {
            MessageDigest fresh = sha256();
            fresh.update(kept, 0, held);
            return fresh.digest();
        }
        try {
            return ((MessageDigest) whole.clone()).digest();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-256 can be cloned", impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
