package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.HostileTokens;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What hostile tokens cost a server in a process of its own, in CPU time of all of its threads,
 * against the CPU time of the one client thread that sends them.
 */
final class HostileTokensIT {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int FACTOR = 100;
    private static final long MOST = Duration.ofMillis(5).toNanos();
    private static final int WARMING = 1_000;
    private static final int MEASURED = Boolean.getBoolean("gemproxy.prove") ? 5_000 : 400;

    /** A head may have 64 KiB of fields. */
    private static final int MOST_FIELDS = 64 << 10;

    private static final String OTHER_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key of hostile tokens", "AIzaSyHostileKey7QpX2vLmN9sRtB4wYcD6fGh");

    @TempDir private Path directory;

    @Test
    void eachIsRefusedForLessThanAHundredTimesWhatItCostsItsClient() throws Exception {
        Map.Entry<String, byte[]> issuer = HostileTokens.issuer();
        Files.write(directory.resolve("jwks.json"), issuer.getValue());
        try (ServerProcess server = ServerProcess.optimised(directory, yaml(issuer.getKey()))) {
            int port = server.proxyPort();
            for (Map.Entry<String, String> hostile : HostileTokens.all().entrySet()) {
                measure(server, port, hostile.getKey(), hostile.getValue());
            }
            assertTrue(server.alive());
            try (Wire wire = Wire.to(port)) {
                wire.send("GET", "/health", List.of(), new byte[0]);
                assertEquals(200, wire.read().status());
            }
        }
    }

    private static void measure(ServerProcess server, int port, String name, String token)
            throws IOException {
        int status = token.length() < MOST_FIELDS - 200 ? 401 : 431;
        byte[] request = request(token);
        try (Hostile client = new Hostile(port, request, status)) {
            client.send(WARMING);
            long serverBefore = server.cpuTime().toNanos();
            long clientBefore = THREADS.getCurrentThreadCpuTime();
            client.send(MEASURED);
            long ofClient = (THREADS.getCurrentThreadCpuTime() - clientBefore) / MEASURED;
            long ofServer = (server.cpuTime().toNanos() - serverBefore) / MEASURED;
            String told =
                    "%s: %,d bytes, %d, server %,d ns, client %,d ns"
                            .formatted(name, token.length(), status, ofServer, ofClient);
            if (Boolean.getBoolean("gemproxy.prove")) {
                System.out.println(told);
            }
            assertTrue(ofClient > 0, "the clock of CPU time stands still");
            assertTrue(ofServer < MOST && ofServer < FACTOR * ofClient, told);
        }
    }

    private static byte[] request(String token) {
        return ("POST /v1beta/models/gemini-2.5-flash:generateContent HTTP/1.1\r\n"
                        + "Host: localhost\r\nContent-Length: 0\r\nAuthorization: Bearer "
                        + token
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String yaml(String issuer) {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini:
          base_url: http://127.0.0.1:9
          api_keys:
            - {id: alpha, key: %s}
        auth:
          jwt_secret: %s
          jwks: [{issuer: '%s', file: jwks.json}]
        admin: {port: 0}
        """
                .formatted(OTHER_KEY, ServerFixture.SECRET, issuer);
    }

    /** Sends one request after the other, as cheaply as can be; a new connection where one ends. */
    private static final class Hostile implements AutoCloseable {
        private final int port;
        private final byte[] request;
        private final int status;
        private final byte[] block = new byte[16 << 10];
        private Socket socket = new Socket();

        Hostile(int port, byte[] request, int status) {
            this.port = port;
            this.request = request;
            this.status = status;
        }

        void send(int count) throws IOException {
            for (int i = 0; i < count; i++) {
                if (!socket.isConnected() || socket.isClosed()) {
                    socket = new Socket(InetAddress.getLoopbackAddress(), port);
                    socket.setTcpNoDelay(true);
                    socket.setSoTimeout(15_000);
                }
                socket.getOutputStream().write(request);
                String answer = answer(socket.getInputStream());
                assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
                if (i == 0) {
                    Emissions.OF_THIS_RUN.emitted("an answer to a hostile token", answer);
                }
                if (status == 431) {
                    socket.close();
                }
            }
        }

        /** Head and body, as far as they are needed to find the end. */
        private String answer(InputStream in) throws IOException {
            StringBuilder text = new StringBuilder();
            while (true) {
                int got = in.read(block);
                if (got < 0) {
                    throw new IOException("cut after: " + text);
                }
                text.append(new String(block, 0, got, StandardCharsets.ISO_8859_1));
                int end = text.indexOf("\r\n\r\n");
                if (end > 0 && text.length() >= end + 4 + length(text.substring(0, end))) {
                    return text.toString();
                }
            }
        }

        private static int length(String head) {
            String lower = head.toLowerCase(java.util.Locale.ROOT);
            int at = lower.indexOf("content-length:") + "content-length:".length();
            int end = lower.indexOf('\r', at);
            return Integer.parseInt(lower.substring(at, end < 0 ? lower.length() : end).strip());
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
