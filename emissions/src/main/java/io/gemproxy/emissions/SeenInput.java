package io.gemproxy.emissions;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a channel what is read. */
final class SeenInput extends FilterInputStream {
    private final Channel channel;

    SeenInput(InputStream in, Channel channel) {
        super(in);
        this.channel = channel;
    }

    @Override
    public int read() throws IOException {
        int read = in.read();
        if (read >= 0) {
            channel.add(new byte[] {(byte) read}, 0, 1);
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int read = in.read(bytes, from, length);
        if (read > 0) {
            channel.add(bytes, from, read);
        }
        return read;
    }

    /** Reads, so that nothing passes unseen. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
