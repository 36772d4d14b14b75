package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code usage} against a server with a report. */
final class UsageCommandIT {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @TempDir private Path directory;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void peopleSeeATableWithItsTotalAndWhatIsNotCertain() throws IOException {
        var outcome = run("usage");
        assertEquals(CliRun.golden("usage.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertEquals(List.of("/api/usage?by=client%2Cmodel"), asked);
    }

    @Test
    void programsSeeTheServersAnswer() throws IOException {
        var outcome = run("usage", "-o", "json");
        assertEquals(CliRun.golden("usage.json"), outcome.out(), outcome.err());
    }

    @Test
    void theQuestionIsPassedOn() throws IOException {
        run("usage", "--by", "key,day", "--since", "7d", "--until", "2026-11-20");
        assertEquals(List.of("/api/usage?by=key%2Cday&since=7d&until=2026-11-20"), asked);
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        asked.add(exchange.getRequestURI().toString());
        byte[] body = CliRun.golden("admin-usage.json").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
