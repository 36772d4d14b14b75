package io.gemproxy.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file that is appended to. What fails is written again at its own place, so the file is at any
 * time a beginning of what was handed in: no record is doubled, none is torn in the middle. After a
 * failed sync all that the disk had not confirmed is written again, since the system may have
 * dropped it.
 */
final class GrowingLog {
    /** So much may wait for the disk; it is held in memory until then. */
    private static final int MOST_UNFORCED = 8 << 20;

    private static final System.Logger LOG = System.getLogger(GrowingLog.class.getName());

    private final AuditFile.Opener opener;
    private final boolean keeping;
    private final ByteArrayOutputStream unforced = new ByteArrayOutputStream();
    private @Nullable AuditFile file;
    private long end;
    private long reached;
    private long forced;
    private boolean doubtful;

    /**
     * Opens the file with the first use.
     *
     * @param keeping whether {@link #force} will be called often, and what it has not confirmed is
     *     to be kept
     */
    GrowingLog(AuditFile.Opener opener, boolean keeping) {
        this.opener = opener;
        this.keeping = keeping;
    }

    /** Makes sure that the file can be written; gives the bytes of half a line that was cut off. */
    long open() throws IOException {
        AuditFile open = file;
        if (open != null) {
            heal(open);
            return 0;
        }
        AuditFile.Opened opened = opener.open();
        file = opened.file();
        end = opened.file().size();
        reached = end;
        if (keeping) {
            opened.file().force(); // what a killed process left is not on the disk yet
        }
        settle();
        return opened.torn();
    }

    /** Puts whole lines behind the last ones; after a failure the same call is to be repeated. */
    void append(ByteBuffer lines) throws IOException {
        open();
        AuditFile open = asLeft();
        long at = end;
        reached = Math.max(reached, end + lines.remaining());
        ByteBuffer rest = lines.duplicate();
        while (rest.hasRemaining()) {
            at += open.write(rest, at);
        }
        end = at;
        reached = end;
        if (keeping) {
            byte[] copy = new byte[lines.remaining()];
            lines.duplicate().get(copy);
            unforced.write(copy, 0, copy.length);
        }
    }

    /** The file, opened anew if somebody else has cut or written it. */
    private AuditFile asLeft() throws IOException {
        AuditFile open = Objects.requireNonNull(file);
        long size = open.size();
        if (size < end || size > reached) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the audit log was changed by somebody else: "
                            + size
                            + " bytes instead of "
                            + end);
            close();
            open();
        }
        return Objects.requireNonNull(file);
    }

    /** Where the next line will begin. */
    long size() {
        return end;
    }

    boolean isOpen() {
        return file != null;
    }

    /** Whether so much waits for the disk that it should not wait longer. */
    boolean isFull() {
        return unforced.size() >= MOST_UNFORCED;
    }

    /** Returns once all is on the disk. */
    void force() throws IOException {
        AuditFile open = file;
        if (open == null || (end == forced && !doubtful)) {
            return;
        }
        if (doubtful) {
            heal(open);
            return;
        }
        try {
            open.force();
        } catch (IOException | RuntimeException failure) {
            doubtful = keeping;
            throw failure;
        }
        settle();
    }

    private void heal(AuditFile open) throws IOException {
        if (!doubtful) {
            return;
        }
        ByteBuffer again = ByteBuffer.wrap(unforced.toByteArray());
        long at = forced;
        while (again.hasRemaining()) {
            at += open.write(again, at);
        }
        open.force();
        settle();
    }

    private void settle() {
        forced = end;
        doubtful = false;
        unforced.reset();
    }

    /** Whether another file stands under the name by now, or none. */
    boolean isReplaced() {
        AuditFile open = file;
        return open != null && open.isReplaced();
    }

    /**
     * After a failure: goes on with the same file, unless it is no longer the one of the name; then
     * that ends with its last whole batch.
     */
    void failed() {
        if (isReplaced()) {
            takeBack();
            close();
        }
    }

    /** Gives up the lines that were to be appended, of which some bytes may have got in. */
    void takeBack() {
        AuditFile open = file;
        if (open == null || reached == end) {
            return;
        }
        try {
            open.truncate(end);
            reached = end;
        } catch (IOException | RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "half an audit record stays", failure);
        }
    }

    /** Lets go of the file. */
    void close() {
        AuditFile open = file;
        file = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException | RuntimeException broken) {
                LOG.log(System.Logger.Level.DEBUG, "closing the audit file failed", broken);
            }
        }
    }
}
