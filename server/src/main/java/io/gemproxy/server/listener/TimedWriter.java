package io.gemproxy.server.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Writes with a deadline and counts what goes out. */
record TimedWriter(DataWriter writer, DownstreamConnection connection) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        timed(sum(buffers), () -> writer.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        timed(buffer.available(), () -> writer.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        timed(sum(buffers), () -> writer.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        timed(buffer.available(), () -> writer.writeNow(buffer));
    }

    @Override
    public void flush() {
        timed(0, writer::flush);
    }

    @Override
    public void close() {
        writer.close();
    }

    private void timed(long bytes, Runnable write) {
        connection.writing(bytes);
        try {
            write.run();
        } finally {
            connection.written();
        }
    }

    private static long sum(BufferData... buffers) {
        long bytes = 0;
        for (BufferData buffer : buffers) {
            bytes += buffer.available();
        }
        return bytes;
    }
}
