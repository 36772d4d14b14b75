package io.gemproxy.server.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/** A body of any size that takes no memory, and may break in the middle. */
final class Filler extends InputStream {
    private final long size;
    private final boolean breaks;
    private final AtomicLong given = new AtomicLong();

    Filler(long size, boolean breaks) {
        this.size = size;
        this.breaks = breaks;
    }

    /** Bytes taken by the reader so far. */
    long given() {
        return given.get();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (given.get() == size) {
            if (breaks) {
                throw new IOException("the client left");
            }
            return -1;
        }
        int count = (int) Math.min(length, size - given.get());
        Arrays.fill(into, offset, offset + count, (byte) 'z');
        given.addAndGet(count);
        return count;
    }
}
