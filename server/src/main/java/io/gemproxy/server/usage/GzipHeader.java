package io.gemproxy.server.usage;

/** Steps over a gzip header (RFC 1952, 2.3) that may come in any split. */
final class GzipHeader {
    private static final int FIXED = 10;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private int position;
    private int flags;
    private int extra;
    private int lengthBytes;
    private boolean foreign;

    /** Consumes header bytes and says how many of these were. */
    int skip(byte[] bytes, int offset, int length) {
        int at = 0;
        while (at < length && !foreign && !isPast()) {
            take(bytes[offset + at++] & 0xff);
        }
        return at;
    }

    /** Whether this is no gzip at all. */
    boolean isForeign() {
        return foreign;
    }

    private boolean isPast() {
        return position >= FIXED && flags == 0;
    }

    private void take(int b) {
        if (position < FIXED) {
            fixed(b);
            position++;
        } else if ((flags & HAS_EXTRA) != 0) {
            extra(b);
        } else if ((flags & (HAS_NAME | HAS_COMMENT)) != 0) {
            text(b);
        } else if (++lengthBytes == 2) {
            flags = 0;
        }
    }

    private void fixed(int b) {
        switch (position) {
            case 0 -> foreign = b != 0x1f;
            case 1 -> foreign = b != 0x8b;
            case 3 -> flags = b & (HAS_CRC | HAS_EXTRA | HAS_NAME | HAS_COMMENT);
            default -> {}
        }
    }

    private void extra(int b) {
        if (lengthBytes < 2) {
            extra |= b << (8 * lengthBytes++);
        } else {
            extra--;
        }
        if (lengthBytes == 2 && extra == 0) {
            flags &= ~HAS_EXTRA;
            lengthBytes = 0;
        }
    }

    private void text(int b) {
        if (b == 0) {
            flags &= (flags & HAS_NAME) != 0 ? ~HAS_NAME : ~HAS_COMMENT;
        }
    }
}
