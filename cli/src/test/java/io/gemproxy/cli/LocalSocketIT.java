package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.AdminListener;
import io.gemproxy.server.listener.AdminSocket;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which way to the admin API the commands take: the Unix socket, or the port with a token. */
@Timeout(60)
final class LocalSocketIT {
    private static final String DRAIN =
            "{\"draining\":true,\"grace_seconds\":30,\"connections\":7,\"streams\":1}";

    private final List<String> bySocket = new CopyOnWriteArrayList<>();
    private final List<String> byPort = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private AdminSocket socket;
    private AdminListener port;

    @BeforeEach
    void start() throws Exception {
        socket = AdminSocket.start(path(), routing(bySocket), LocalSocketIT::id, System::nanoTime);
        port =
                AdminListener.start(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        routing(byPort),
                        LocalSocketIT::id,
                        System::nanoTime);
    }

    @AfterEach
    void stop() throws Exception {
        socket.close();
        port.close();
    }

    @Test
    void theSocketIsTakenWithoutAToken() throws Exception {
        var outcome = installed().run("status");
        assertEquals(CliRun.golden("status.txt"), outcome.out(), outcome.err());
        assertEquals(List.of("GET /api/status "), bySocket);
        assertEquals(List.of(), byPort);
    }

    @Test
    void whatIsPostedGoesThereToo() throws Exception {
        var outcome = installed().run("drain");
        assertEquals(
                "draining: 7 connections, 1 stream; the server stops within 30 s\n",
                outcome.out(),
                outcome.err());
        assertEquals(List.of("POST /api/drain "), bySocket);
        assertEquals(DRAIN, installed().run("drain", "-o", "json").out().replaceAll("\\s", ""));
    }

    @Test
    void whereThereIsNoSocketThePortIsAskedWithATokenOfOurOwn() throws Exception {
        socket.close();
        assertEquals(0, installed().run("status").status());
        assertTrue(byPort.getFirst().startsWith("GET /api/status Bearer ey"), byPort::toString);
    }

    @Test
    void aSocketThatNobodyListensToIsPassedOver() throws Exception {
        socket.close();
        Files.createFile(path());
        assertEquals(0, installed().run("status").status());
        assertEquals(1, byPort.size());
    }

    @Test
    void aTokenThatIsGivenIsForThePort() throws Exception {
        assertEquals(
                0, installed().variable("GEMPROXY_ADMIN_TOKEN", "given").run("status").status());
        assertEquals(List.of("GET /api/status Bearer given"), byPort);
        assertEquals(List.of(), bySocket);
    }

    @Test
    void aSocketCanBeNamedWithoutAnyConfiguration() {
        var run = new CliRun(directory);
        assertEquals(0, run.run("status", "--server", "unix:" + path()).status());
        assertEquals(
                0, run.variable("GEMPROXY_SERVER_URL", "unix://" + path()).run("status").status());
        assertEquals(2, bySocket.size());
    }

    @Test
    void aNamedSocketThatIsNotThereIsNotReachable() {
        var outcome = new CliRun(directory).run("status", "--server", "unix:/nowhere/admin.sock");
        assertEquals(3, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("unix:/nowhere/admin.sock"), outcome.err());
        outcome = new CliRun(directory).run("status", "--server", "unix:relative");
        assertEquals(2, outcome.status(), outcome.err());
    }

    private CliRun installed() throws Exception {
        return CliRun.installed(directory)
                .config(
                        "auth:\n  jwt_secret: "
                                + CliRun.SECRET
                                + "\n  rate_limit_per_minute: 60\nadmin:\n  port: "
                                + port.port()
                                + "\n  socket: "
                                + path()
                                + "\n");
    }

    private Path path() {
        return directory.resolve("admin.sock");
    }

    private static RequestId id() {
        return new RequestId("ID");
    }

    private static HttpRouting.Builder routing(List<String> asked) {
        return HttpRouting.builder()
                .get(
                        "/api/status",
                        (q, p) -> answer(q, p, asked, CliRun.golden("admin-status.json")))
                .post("/api/drain", (q, p) -> answer(q, p, asked, DRAIN));
    }

    private static void answer(
            ServerRequest request, ServerResponse response, List<String> asked, String body) {
        asked.add(
                request.prologue().method().text()
                        + " "
                        + request.path().path()
                        + " "
                        + request.headers().first(HeaderNames.AUTHORIZATION).orElse(""));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(body);
    }
}
