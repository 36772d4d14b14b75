package io.gemproxy.server.proxy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Whether the pieces of an upload follow one another. A piece whose answer was lost is sent again
 * and must then be the same: Google has one of the two, and nobody here knows which.
 */
final class UploadPieces {
    private final MessageDigest digest = sha256();
    private byte[] before = new byte[0];
    private long toRepeat;
    private long start;
    private long position;

    /** How a piece stands to the one before. */
    enum Next {
        /** Right after it. */
        FOLLOWS,
        /** It is that one again. */
        AGAIN,
        /** Anywhere else. */
        ELSEWHERE
    }

    /**
     * A piece begins.
     *
     * @param offset in bytes
     */
    Next begins(long offset) {
        boolean repeated = isWhole();
        if (repeated && offset == position) {
            digest.reset();
            start = position;
            return Next.FOLLOWS;
        }
        if (repeated && offset == start) {
            before = digest.digest();
            toRepeat = position - start;
            position = start;
            return Next.AGAIN;
        }
        return Next.ELSEWHERE;
    }

    /** Takes the next bytes; false if they are not those that were sent before in their place. */
    boolean same(byte[] bytes, int offset, int count) {
        int again = (int) Math.min(count, toRepeat);
        digest.update(bytes, offset, again);
        toRepeat -= again;
        boolean same = again == 0 || toRepeat > 0 || MessageDigest.isEqual(soFar(), before);
        digest.update(bytes, offset + again, count - again);
        position += count;
        return same;
    }

    /** Up to where they go, in bytes. */
    long position() {
        return position;
    }

    /** Whether all of what was sent before was sent again. */
    boolean isWhole() {
        return toRepeat == 0;
    }

    private byte[] soFar() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
