package io.gemproxy.server.audit.chain;

/**
 * A place in the chain: what the next record refers to.
 *
 * @param seq number of the record; 0 before the first
 * @param hash of the record, 64 hexadecimal digits in small letters; zeros before the first
 */
public record Link(long seq, String hash) {
    /** Before the first record of all. */
    public static final Link START = new Link(0, "0".repeat(SealedLine.HASH));
}
