package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class AdminRoutesIT {
    private final AdminFixture admin = new AdminFixture();
    private final WebServer server =
            WebServer.builder()
                    .host("127.0.0.1")
                    .port(0)
                    .shutdownHook(false)
                    .routing(admin.routing())
                    .build();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        admin.close();
    }

    @Test
    void headSaysWhatGetSendsAndSendsNothing() throws IOException {
        String get = exchange("GET", "/health/ready", "localhost");
        String head = exchange("HEAD", "/health/ready", "localhost");

        String body = get.substring(get.indexOf("\r\n\r\n") + 4);
        assertTrue(head.startsWith("HTTP/1.1 200"), head);
        assertTrue(head.endsWith("\r\n\r\n"), head);
        assertTrue(
                head.toLowerCase(java.util.Locale.ROOT)
                        .contains("content-length: " + body.length() + "\r\n"),
                head);
    }

    @Test
    void aForeignHostIsMisdirected() throws IOException {
        String answer = exchange("GET", "/errors", "evil.example");

        assertTrue(answer.startsWith("HTTP/1.1 421"), answer);
        assertFalse(answer.contains("\"total\""), answer);
    }

    @Test
    void answersAreNotCachedAndNotSniffed() throws IOException {
        String answer = exchange("GET", "/performance", "127.0.0.1");

        assertTrue(answer.contains("Cache-Control: no-store\r\n"), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        assertTrue(answer.contains("X-Request-Id: ID1\r\n"), answer);
        assertEquals(1, answer.split("X-Request-Id", -1).length - 1);
    }

    /** Two requests on one connection, so that a body too many would show in the second answer. */
    private String exchange(String method, String path, String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(5000);
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
            String last = "GET /last HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
            InputStream in = Emissions.OF_THIS_RUN.from("an answer", socket.getInputStream());
            StringBuilder read = new StringBuilder();
            while (!read.toString().contains("problem:not_found")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("closed after: " + read);
                }
                read.append((char) next);
            }
            return read.substring(0, read.lastIndexOf("HTTP/1.1 404"));
        }
    }
}
