package io.gemproxy.server.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open audit file as its one writer sees it; it begins at the start of a line. */
interface AuditFile extends Closeable {
    /** Where the next line belongs, if nobody else has written. */
    long size() throws IOException;

    /**
     * Writes some or all of the bytes.
     *
     * @param position of the first of them; what stands there already is the same
     */
    int write(ByteBuffer bytes, long position) throws IOException;

    /** Takes back what stands behind this size, where that is possible. */
    void truncate(long size) throws IOException;

    /** Hands what was written to the disk. */
    void force() throws IOException;

    /** True once the path names another file, or none: it was rotated away. */
    boolean isReplaced();

    /** Opens the file for appending, making it if needed. */
    @FunctionalInterface
    interface Opener {
        Opened open() throws IOException;
    }

    /**
     * A file that was opened.
     *
     * @param file ready for the next line
     * @param torn bytes of half a line at its end, which was taken away or ended
     */
    record Opened(AuditFile file, long torn) {}
}
