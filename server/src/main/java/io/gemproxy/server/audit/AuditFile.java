package io.gemproxy.server.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open audit file as its one writer sees it. */
interface AuditFile extends Closeable {
    /** Appends some or all of the bytes. */
    int write(ByteBuffer bytes) throws IOException;

    /** Hands what was written to the disk. */
    void force() throws IOException;

    /** True once the path names another file, or none: it was rotated away. */
    boolean isReplaced();

    /** Opens the file for appending, making it if needed. */
    @FunctionalInterface
    interface Opener {
        AuditFile open() throws IOException;
    }
}
