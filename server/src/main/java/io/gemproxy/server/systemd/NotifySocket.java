package io.gemproxy.server.systemd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The Unix datagram socket at which a service manager listens; the JDK has none of that kind. */
final class NotifySocket implements NotifyChannel {
    /** The kernel's {@code sun_path}. */
    private static final int LONGEST_NAME = 108;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int descriptor;
    private final byte[] address;

    private NotifySocket(int descriptor, byte[] address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    /**
     * Opens a socket for sending; nothing is sent yet.
     *
     * @param name a path, or, after an {@code @}, a name of Linux's abstract namespace
     */
    static NotifySocket to(String name) throws IOException {
        byte[] address = address(name);
        return new NotifySocket(Libc.datagramSocket(PATIENCE), address);
    }

    /** A {@code sockaddr_un}: the family, then the name; a path ends with a zero byte. */
    static byte[] address(String name) throws IOException {
        boolean abstractName = name.startsWith("@");
        if (!abstractName && !name.startsWith("/")) {
            throw new IOException("NOTIFY_SOCKET is neither a path nor an abstract name");
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int length = abstractName ? bytes.length : bytes.length + 1;
        if (length > LONGEST_NAME) {
            throw new IOException("NOTIFY_SOCKET is too long for the name of a socket");
        }
        ByteBuffer address = ByteBuffer.allocate(2 + length).order(ByteOrder.nativeOrder());
        address.putShort((short) Libc.AF_UNIX).put(bytes);
        if (abstractName) {
            address.put(2, (byte) 0);
        }
        return address.array();
    }

    @Override
    public void send(String message) throws IOException {
        Libc.send(descriptor, message.getBytes(StandardCharsets.UTF_8), address);
    }

    @Override
    public long monotonicMicros() throws IOException {
        return Libc.monotonicMicros();
    }

    @Override
    public void close() throws IOException {
        Libc.close(descriptor);
    }
}
