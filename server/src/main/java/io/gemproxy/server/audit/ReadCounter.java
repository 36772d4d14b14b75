package io.gemproxy.server.audit;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Counts the bytes on disk as the files of a log are read, compressed or not. */
final class ReadCounter {
    private final Reading reading;
    private final long whole;
    private long done;

    ReadCounter(List<Path> files, Reading reading) throws IOException {
        this.reading = reading;
        long sum = 0;
        for (Path file : files) {
            sum += Files.exists(file) ? Files.size(file) : 0;
        }
        whole = sum;
    }

    /** The bytes of one of the files, as they are on disk. */
    InputStream open(Path file) throws IOException {
        return new Counted(Files.newInputStream(file));
    }

    private int count(int bytes) {
        if (bytes > 0) {
            done += bytes;
            reading.at(done, whole);
        }
        return bytes;
    }

    /** Says what it hands on. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream bytes) {
            super(bytes);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return count(super.read(into, offset, length));
        }
    }
}
