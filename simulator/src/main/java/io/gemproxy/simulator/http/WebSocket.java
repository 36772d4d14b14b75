package io.gemproxy.simulator.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The server's end of a WebSocket (RFC 6455, no extensions), used by one thread. */
public final class WebSocket {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LONGEST = 64 << 20;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private final DataInputStream in;
    private final OutputStream out;

    /** One frame as it came, unmasked. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Frame(boolean last, int opcode, byte[] payload) {}

    WebSocket(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** Whether the request asks for a WebSocket. */
    public static boolean asked(RequestHead head) {
        return "websocket".equalsIgnoreCase(head.headers().first("Upgrade"))
                && head.headers().has("Sec-WebSocket-Key");
    }

    /** What Sec-WebSocket-Accept says to that Sec-WebSocket-Key (RFC 6455, 4.2.2). */
    public static String accept(String key) {
        try {
            byte[] text = (key.strip() + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    /** The next message, text or binary; null when the peer has closed. */
    public byte @Nullable [] receive() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            Frame frame = frame();
            switch (frame.opcode()) {
                case CLOSE -> {
                    send(
                            CLOSE,
                            Arrays.copyOf(frame.payload(), Math.min(2, frame.payload().length)));
                    return null;
                }
                case PING -> send(PONG, frame.payload());
                case PONG -> {}
                default -> {
                    message.write(frame.payload());
                    if (frame.last()) {
                        return message.toByteArray();
                    }
                }
            }
        }
    }

    private Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        boolean masked = (second & 0x80) != 0;
        if (!masked || length < 0 || length > LONGEST || (first & 0x70) != 0) {
            close(1002, "");
            throw new CutException(false);
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return new Frame((first & 0x80) != 0, first & 0x0f, payload);
    }

    /** Sends a message in one binary frame, as Google sends its JSON. */
    public void send(byte[] message) throws IOException {
        send(BINARY, message);
    }

    /** Sends a close frame; nothing may be sent after it. */
    public void close(int code, String reason) throws IOException {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, 123);
        byte[] payload = new byte[length + 2];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, length);
        send(CLOSE, payload);
    }

    private void send(int opcode, byte[] payload) throws IOException {
        out.write(0x80 | opcode);
        if (payload.length < 126) {
            out.write(payload.length);
        } else if (payload.length < 1 << 16) {
            out.write(126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >> shift));
            }
        }
        out.write(payload);
        out.flush();
    }
}
