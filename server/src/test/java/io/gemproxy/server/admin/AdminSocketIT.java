package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.AdminSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
@Timeout(30)
class AdminSocketIT {
    @TempDir private Path directory;
    private final AdminFixture admin = new AdminFixture();
    private AdminSocket socket;
    private SocketTalk talk;

    @BeforeEach
    void open() throws Exception {
        Path path = directory.resolve("admin.sock");
        socket =
                AdminSocket.start(
                        path, admin.routing(), () -> new RequestId("WIRE"), System::nanoTime);
        talk = new SocketTalk(path);
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        admin.close();
    }

    @Test
    void noTokenIsNeededAndTheKernelSaysWhoActs() throws Exception {
        assertTrue(get("/api/status").startsWith("HTTP/1.1 200"));

        String done = talk.ask("POST", "/api/keys/second/disable", List.of(), "");

        assertTrue(done.startsWith("HTTP/1.1 200"), done);
        AuditEvent event = admin.audited.getLast();
        assertEquals(Optional.of("unix:" + System.getProperty("user.name")), event.actor());
        assertEquals(Optional.of("unix"), event.sourceIp());
    }

    @Test
    void aTokenThatIsSentIsJudgedAsElsewhere() throws Exception {
        assertEquals(401, withToken("nonsense"));
        assertEquals(403, withToken(AdminFixture.CLIENT_TOKEN));
        assertEquals(200, withToken(AdminFixture.ADMIN_TOKEN));
    }

    private int withToken(String token) throws Exception {
        List<String> fields = List.of("Authorization: Bearer " + token);
        return SocketTalk.status(talk.ask("GET", "/api/keys", fields, ""));
    }

    @Test
    void theWireIsGuardedAndRefusalsAreProblems() throws Exception {
        String refused = talk.raw("GET /api/keys HTTP/1.1\r\n\r\n");

        assertTrue(refused.startsWith("HTTP/1.1 400"), refused);
        assertTrue(refused.contains("Content-Type: application/problem+json\r\n"), refused);
        assertTrue(refused.contains("urn:gemproxy:problem:host_invalid"), refused);
        assertTrue(refused.contains("\"request_id\":\"WIRE\""), refused);
    }

    @Test
    void oneConnectionServesOneRequestAfterTheOther() throws Exception {
        String ask = "GET /api/keys HTTP/1.1\r\nHost: localhost\r\n";

        String answers = talk.raw(ask + "\r\n" + ask + "Connection: close\r\n\r\n");

        assertEquals(2, answers.split("HTTP/1.1 200", -1).length - 1, answers);
    }

    @Test
    void closingEndsConnectionsAndRemovesTheFile() throws Exception {
        try (SocketChannel waiting =
                SocketChannel.open(UnixDomainSocketAddress.of(talk.socket()))) {
            waiting.write(ByteBuffer.wrap("GET /health".getBytes(StandardCharsets.US_ASCII)));
            socket.close();
            assertEquals(-1, read(waiting));
        }
        assertFalse(Files.exists(talk.socket()));
    }

    /** A reset is an end as well. */
    private static int read(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1));
        } catch (java.io.IOException reset) {
            return -1;
        }
    }

    @Test
    void thereIsRoomForOthersWhenConnectionsHaveEnded() throws Exception {
        for (int i = 0; i < 150; i++) {
            assertTrue(get("/health/live").startsWith("HTTP/1.1 200"));
        }
    }

    private String get(String path) throws Exception {
        return talk.ask("GET", path, List.of(), "");
    }
}
