package io.gemproxy.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection on which a test writes its own bytes. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
    }

    /** The status line, headers and body of an answer. */
    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }
    }

    /** Sends one request on a connection of its own; the header lines each end with CRLF. */
    static Answer ask(int port, String method, String target, String headers, String body)
            throws IOException {
        try (RawClient client = new RawClient(port)) {
            client.send(method, target, headers, body);
            String head = client.readUntil("\r\n\r\n");
            Matcher length = LENGTH.matcher(head);
            byte[] rest =
                    length.find()
                            ? client.in().readNBytes(Integer.parseInt(length.group(1)))
                            : client.in().readAllBytes();
            return new Answer(head, new String(rest, StandardCharsets.UTF_8));
        }
    }

    /** Sends a request after which the server shall close the connection. */
    void send(String method, String target, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String length = body.isEmpty() ? "" : "Content-Length: " + bytes.length + "\r\n";
        String head =
                method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort() + "\r\n";
        out().write(
                        (head + "Connection: close\r\n" + headers + length + "\r\n")
                                .getBytes(StandardCharsets.UTF_8));
        out().write(bytes);
        out().flush();
    }

    /** Reads up to and with that text. */
    String readUntil(String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in().read();
            if (next < 0) {
                throw new IOException("ended before '" + text + "': " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Leaves as a process does that ends. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Leaves as a process does that is killed with bytes unread. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }
}
