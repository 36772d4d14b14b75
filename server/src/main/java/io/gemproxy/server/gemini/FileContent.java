package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * What is known of what a file holds.
 *
 * @param bytes how long it is
 * @param type its media type; empty if nobody said
 * @param order what its lines ask for; empty if they were not followed while it was uploaded
 */
public record FileContent(long bytes, String type, Optional<BatchOrder> order) {
    /** Longer than any file, and little enough for its tokens to be multiplied by prices. */
    public static final long LONGEST = 1L << 40;

    /** A file without lines may ask for as much as one that has a request in so many bytes. */
    private static final long BYTES_OF_A_REQUEST = 1_024;

    private static final long BYTES_PER_TOKEN = 4;
    private static final int LONGEST_TYPE = 100;

    /** No length is negative or beyond {@link #LONGEST}, no type longer than 100 characters. */
    public FileContent {
        bytes = Math.clamp(bytes, 0, LONGEST);
        type = type.substring(0, Math.min(type.length(), LONGEST_TYPE));
    }

    /** One whose lines nobody followed. */
    public static FileContent of(long bytes, String type) {
        return new FileContent(bytes, type, Optional.empty());
    }

    /** The same, with what its lines ask for. */
    public FileContent with(Optional<BatchOrder> lines) {
        return new FileContent(bytes, type, lines);
    }

    /** What was known before still holds, where this does not say more. */
    public FileContent after(FileContent before) {
        boolean same = before.bytes == bytes;
        return new FileContent(
                bytes,
                type.isEmpty() && same ? before.type : type,
                order.isEmpty() && same ? before.order : order);
    }

    /** Its tokens, were all of it read as text. */
    public long textTokens() {
        return Math.ceilDiv(bytes, BYTES_PER_TOKEN);
    }

    /** What its lines ask for; a guess from its length if that is not known. */
    public BatchBound asked() {
        long guess = Math.ceilDiv(bytes, BYTES_OF_A_REQUEST);
        return order.map(BatchOrder::asked).orElse(new BatchBound(guess, guess, 0));
    }
}
