package io.gemproxy.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection whose bytes a test writes and reads itself. */
record Wire(Socket socket, InputStream in) implements AutoCloseable {
    static final String HELLO = "{\"contents\":[{\"parts\":[{\"text\":\"hello there\"}]}]}";
    static final String GENERATE = "/v1beta/models/gemini-2.5-flash:generateContent";
    static final String STREAM = "/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse";

    static Wire to(Simulator simulator) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(10_000);
        return new Wire(socket, socket.getInputStream());
    }

    Wire post(String path) throws IOException {
        return send(
                "POST "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nx-goog-api-key: AIza-one\r\nContent-Length: "
                        + HELLO.length()
                        + "\r\n\r\n"
                        + HELLO);
    }

    Wire send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    String readUntil(String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(mark) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended before the mark");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    String readHead() throws IOException {
        return readUntil("\r\n\r\n");
    }

    /** Everything until the other end closes. */
    String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        in.transferTo(all);
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
