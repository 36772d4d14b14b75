package io.gemproxy.server.authentication;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Answers every request of one connection with 401 and looks at none: the yardstick of a client.
 */
final class RefusingServer implements Closeable {
    private static final byte[] ANSWER =
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket client;

    RefusingServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        client.setTcpNoDelay(true);
    }

    /** Sends one request with that token and reads the answer. */
    void ask(String token) throws IOException {
        String request =
                "POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\n"
                        + "Host: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n";
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = client.getInputStream();
        if (in.readNBytes(ANSWER.length).length < ANSWER.length) {
            throw new IOException("the connection ended");
        }
    }

    private void serve() {
        try (Socket accepted = server.accept();
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        accepted.getInputStream(), StandardCharsets.US_ASCII))) {
            accepted.setTcpNoDelay(true);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    accepted.getOutputStream().write(ANSWER);
                }
            }
        } catch (IOException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
