package io.gemproxy.emissions;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Tells a channel what is written. */
final class SeenOutput extends FilterOutputStream {
    private final Channel channel;

    SeenOutput(OutputStream out, Channel channel) {
        super(out);
        this.channel = channel;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        channel.add(bytes, from, length);
        out.write(bytes, from, length);
    }
}
