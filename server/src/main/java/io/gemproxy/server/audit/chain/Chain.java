package io.gemproxy.server.audit.chain;

import java.nio.charset.StandardCharsets;
import javax.crypto.Mac;

/**
 * Numbers records and hashes each together with the hash of the one before it. Not for use by
 * several threads.
 */
public final class Chain {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ChainKey key;
    private final Mac mac;
    private long seq;
    private byte[] hash;

    /** Goes on behind a record. */
    public Chain(ChainKey key, Link last) {
        this.key = key;
        this.mac = key.mac();
        this.seq = last.seq();
        this.hash = last.hash().getBytes(StandardCharsets.US_ASCII);
    }

    /** What the records are hashed with. */
    public ChainKey key() {
        return key;
    }

    /** The number of the next record. */
    public long next() {
        return seq + 1;
    }

    /** The hash the next record refers to, in ASCII. */
    public byte[] previous() {
        return hash.clone();
    }

    /**
     * Takes the next record in.
     *
     * @param bytes hold it up to and with its {@code prev}
     * @return its hash, in ASCII
     */
    public byte[] seal(byte[] bytes, int from, int length) {
        mac.update(bytes, from, length);
        hash = hex(mac.doFinal());
        seq++;
        return hash.clone();
    }

    /** The last record. */
    public Link last() {
        return new Link(seq, new String(hash, StandardCharsets.US_ASCII));
    }

    /** Forgets all records behind this one. */
    public void backTo(Link link) {
        seq = link.seq();
        hash = link.hash().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] hex(byte[] bytes) {
        byte[] hex = new byte[bytes.length * 2];
        for (int i = 0; i < bytes.length; i++) {
            hex[2 * i] = DIGITS[(bytes[i] >> 4) & 0xf];
            hex[2 * i + 1] = DIGITS[bytes[i] & 0xf];
        }
        return hex;
    }
}
