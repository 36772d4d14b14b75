package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.OutputStream;

/**
 * The way of a request body to the wire: looks for an early refusal after each piece, and writes
 * the end of the body only when the body is whole.
 */
final class UploadStream extends OutputStream {
    private final OutputStream wire;
    private final StrictConnection connection;
    private boolean complete;

    UploadStream(OutputStream wire, StrictConnection connection) {
        this.wire = wire;
        this.connection = connection;
    }

    /** Writes a body that leaves in one go, so that no refusal can come before its end. */
    void writeWhole(byte[] content) throws IOException {
        connection.writing(true);
        wire.write(content, 0, content.length);
        connection.writing(false);
        complete();
    }

    /** The body is whole; closing may now write its end. */
    void complete() {
        complete = true;
        connection.requestAboutToBeComplete();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        connection.writing(true);
        wire.write(from, offset, length);
        boolean refused = connection.refusedEarly();
        connection.writing(false);
        if (refused) {
            throw new EarlyAnswerException();
        }
    }

    @Override
    public void flush() throws IOException {
        wire.flush();
    }

    @Override
    public void close() throws IOException {
        if (complete) {
            complete = false;
            connection.writing(true);
            wire.close();
            connection.writing(false);
        }
    }
}
