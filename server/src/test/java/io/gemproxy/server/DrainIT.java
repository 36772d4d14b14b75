package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command with a Unix socket, and how an admin stops it. */
@Timeout(90)
class DrainIT {
    @TempDir Path directory;

    @Test
    void anAdminAtTheSocketStopsTheServerAndTheRecordSaysWho() throws Exception {
        Path socket = directory.resolve("admin.sock");
        try (ServerProcess server = ServerProcess.serving(directory, yaml("admin.sock"))) {
            server.adminPort();
            String status = ask(socket, "GET /api/status");
            assertTrue(status.contains("\"address\":\"unix:" + socket + "\""), status);

            String drain = ask(socket, "POST /api/drain");

            assertTrue(drain.startsWith("HTTP/1.1 200"), drain);
            assertTrue(drain.contains("\"draining\":true"), drain);
            assertEquals(0, server.exitCode());
            assertFalse(Files.exists(socket));
        }
        String audit = Files.readString(directory.resolve("logs/audit.log"));
        String actor = "\"actor\":\"unix:" + System.getProperty("user.name") + "\"";
        assertTrue(
                audit.lines()
                        .anyMatch(line -> line.contains("server.drain") && line.contains(actor)),
                audit);
        assertTrue(audit.lines().toList().getLast().contains("ServerStopped"), audit);
    }

    @Test
    void whatIsNoSocketAtItsPlaceIsExit5AndStays() throws Exception {
        Path taken = Files.writeString(directory.resolve("taken"), "kept");
        try (ServerProcess server = ServerProcess.serving(directory, yaml("taken"))) {
            assertEquals(5, server.exitCode());
            assertTrue(server.err().contains(taken + " is there and is no socket"), server.err());
        }
        assertEquals("kept", Files.readString(taken));
    }

    private static String yaml(String socket) {
        return """
        server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
        gemini: {api_keys: [{id: alpha, key: %s}]}
        auth: {jwt_secret: %s}
        admin: {port: 0, socket: %s}
        """
                .formatted(keyOf("alpha"), ServerFixture.SECRET, socket);
    }

    private static String ask(Path socket, String line) throws IOException {
        String head = line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(
                    Emissions.OF_THIS_RUN
                            .from("an answer of the socket", Channels.newInputStream(channel))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
