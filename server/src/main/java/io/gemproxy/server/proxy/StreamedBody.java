package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.BodyRefused;
import io.gemproxy.server.upstream.UpstreamRequest;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A body that flows through as it comes; a copy is kept for a second attempt while the budget
 * allows.
 */
final class StreamedBody implements RequestBody {
    private static final int PIECE = 16 * 1024;
    private static final long MOST_KEPT = 32L * 1024 * 1024;

    private final InputStream source;
    private final long length;
    private final long limit;
    private final BodyInspection inspection;
    private final ReplayBudget budget;
    private final byte[] prefix;
    private final boolean prefixIsAll;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long budgeted;
    private boolean complete = true;
    private long read;
    private boolean ended;

    /**
     * Reads the beginning.
     *
     * @param length in bytes, -1 if unknown
     * @throws BodyTooLarge if the beginning alone is over the limit
     */
    StreamedBody(InputStream source, long length, Ahead ahead, ReplayBudget budget)
            throws IOException {
        this.source = source;
        this.length = length;
        this.limit = ahead.limit();
        this.inspection = ahead.inspection();
        this.budget = budget;
        this.complete = ahead.keep();
        byte[] start = beginning(ahead);
        this.prefix = start;
        this.prefixIsAll = start.length == length || ended;
        this.read = start.length;
        if (read > limit) {
            throw new BodyTooLarge(limit);
        }
        keep(start, 0, start.length);
    }

    private byte[] beginning(Ahead ahead) throws IOException {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        byte[] piece = new byte[Math.min(PIECE, ahead.bytes())];
        while (start.size() < ahead.bytes() && !(ahead.untilDecided() && inspection.decided())) {
            int got = source.read(piece, 0, Math.min(piece.length, ahead.bytes() - start.size()));
            if (got < 0) {
                ended = true;
                break;
            }
            inspection.passing(piece, 0, got);
            start.write(piece, 0, got);
        }
        return start.toByteArray();
    }

    @Override
    public byte[] prefix() {
        return prefix;
    }

    @Override
    public boolean prefixIsAll() {
        return prefixIsAll;
    }

    @Override
    public UpstreamRequest.Body next() {
        byte[] again = complete ? kept.toByteArray() : prefix;
        return new UpstreamRequest.Stream(
                new SequenceInputStream(new ByteArrayInputStream(again), new Recorded()), length);
    }

    @Override
    public boolean replayable() {
        return complete;
    }

    @Override
    public long bytesRead() {
        return read;
    }

    @Override
    public void close() {
        budget.giveBack(budgeted);
        budgeted = 0;
        complete = false;
        kept = new ByteArrayOutputStream(0);
    }

    private void keep(byte[] bytes, int offset, int count) {
        if (!complete) {
            return;
        }
        if (budgeted + count > MOST_KEPT || !budget.take(count)) {
            close();
            return;
        }
        budgeted += count;
        kept.write(bytes, offset, count);
    }

    /**
     * What the listener throws for a bad body, or a client that left, must not pass the upstream as
     * a bug of ours.
     */
    private int receive(byte[] bytes, int offset, int count) throws IOException {
        try {
            return source.read(bytes, offset, count);
        } catch (BodyRefused | CloseConnectionException broken) {
            throw new IOException("request body broke off", broken);
        }
    }

    /** Google must not get the end of what is refused. */
    private void inspect(byte[] bytes, int offset, int count) throws IOException {
        try {
            inspection.passing(bytes, offset, count);
        } catch (Refused refused) {
            throw new IOException("request body refused", new BodyRefused(refused.rejection()));
        }
    }

    /**
     * What is read before the first attempt.
     *
     * @param bytes at most so many, as the prefix
     * @param keep whether a second attempt is wanted at all
     * @param untilDecided whether the inspection may end it sooner
     * @param limit largest body accepted, in bytes
     * @param inspection sees all that is read
     */
    record Ahead(
            int bytes, boolean keep, boolean untilDecided, long limit, BodyInspection inspection) {}

    /** The part of the body that was not read yet. */
    private final class Recorded extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int count) throws IOException {
            int got = receive(bytes, offset, count);
            if (got > 0) {
                read += got;
                if (read > limit) {
                    throw new BodyTooLarge(limit);
                }
                inspect(bytes, offset, got);
                keep(bytes, offset, got);
            }
            return got;
        }
    }
}
