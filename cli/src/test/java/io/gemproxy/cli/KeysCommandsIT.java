package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keys} and {@code explain} against a server with a key in every state. */
final class KeysCommandsIT {
    private static final String REQUEST = "01JD8A5Z7Q3M4X9T2V6B8N0PKR";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers =
            Map.of(
                    "GET /api/keys",
                    "admin-keys.json",
                    "GET /api/keys/spare",
                    "admin-key.json",
                    "POST /api/keys/spare/enable",
                    "admin-key.json",
                    "POST /api/keys/spare/disable",
                    "admin-key.json",
                    "POST /api/keys/spare/test",
                    "admin-key-test.json",
                    "POST /api/keys/spare/test?generate=true",
                    "admin-key-test.json",
                    "GET /api/requests/" + REQUEST,
                    "admin-request.json");

    @TempDir private Path directory;
    private HttpServer server;
    private String refusedTest = "";

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
    void theListSaysWhatIsWrongAndWhatToDo() throws IOException {
        var outcome = run("keys", "list");
        assertEquals(CliRun.golden("keys-list.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void theListForProgramsIsTheServersAnswer() throws IOException {
        assertEquals(CliRun.golden("keys-list.json"), run("-o", "json", "keys", "list").out());
    }

    @Test
    void showTellsAllOfOneKey() throws IOException {
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "show", "spare").out());
        assertEquals(
                CliRun.golden("keys-show.json"), run("keys", "show", "spare", "-o", "json").out());
    }

    @Test
    void enableAndDisableDoWhatTheySayAndShowTheKey() throws IOException {
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "enable", "spare").out());
        assertEquals(CliRun.golden("keys-show.txt"), run("keys", "disable", "spare").out());
        assertEquals(List.of("POST /api/keys/spare/enable", "POST /api/keys/spare/disable"), asked);
    }

    @Test
    void testTellsWhatGoogleSaidAndGeneratesOnlyWhenAsked() throws IOException {
        var outcome = run("keys", "test", "spare");
        assertEquals(CliRun.golden("keys-test.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        run("keys", "test", "spare", "--generate");
        assertEquals(
                List.of("POST /api/keys/spare/test", "POST /api/keys/spare/test?generate=true"),
                asked);
    }

    @Test
    void testEndsWith1WhereTheKeyDoesNotWork() throws IOException {
        refusedTest = "{\"key_id\":\"spare\",\"works\":false,\"steps\":[],\"key\":{}}";
        var outcome = run("keys", "test", "spare");
        assertEquals(1, outcome.status());
        assertTrue(outcome.out().contains("spare does not work"), outcome.out());
    }

    @Test
    void aKeyThatIsNotThereEndsWith1InTheServersWords() throws IOException {
        for (String verb : new String[] {"show", "test", "enable", "disable"}) {
            var outcome = run("keys", verb, "no/such key");
            assertEquals(1, outcome.status(), verb);
            assertTrue(outcome.err().contains("No key has this id."), outcome.err());
        }
        assertEquals("GET /api/keys/no%2Fsuch%20key", asked.getFirst());
    }

    @Test
    void aVerbWithoutAKeyEndsWith2() throws IOException {
        assertEquals(2, run("keys", "disable").status());
        assertEquals(List.of(), asked);
    }

    @Test
    void aRequestIsExplainedByItsId() throws IOException {
        var outcome = run("explain", REQUEST);
        assertEquals(CliRun.golden("explain-request.txt"), outcome.out(), outcome.err());
        assertEquals(
                CliRun.golden("explain-request.json"), run("explain", REQUEST, "-o", "json").out());
        assertEquals(1, run("explain", REQUEST.replace('1', '2')).status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        String wanted = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(wanted);
        String golden = answers.get(wanted);
        String text =
                golden == null
                        ? "{\"title\":\"Not found\",\"detail\":\"No key has this id.\"}"
                        : refusedTest.isEmpty() ? CliRun.golden(golden) : refusedTest;
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(golden == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
