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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config diff|history|rollback} and {@code weights} against a server that says so. */
final class ConfigCommandsIT {
    private static final String JUDGED =
            """
            {"valid":%s,"score":98,"findings":%s,"changes":[\
            {"setting":"server.port","before":8443,"after":9443},\
            {"setting":"gemini.api_keys[spare].key","before":null,"after":"****"}]}\
            """;
    private static final String SAME =
            "{\"valid\":true,\"score\":98,\"findings\":[],\"changes\":[]}";
    private static final String ERROR =
            """
            [{"code":"GPX1001","severity":"error","cwe":null,"source":"body","line":1,"column":2,\
            "key":"server.prot","message":"is not a known key","fix":"did you mean port?"}]\
            """;
    private static final String VERSION =
            """
            {"number":2,"version":"9f86d081884c7d65","applied_at":"2026-11-21T10:00:00.123Z",\
            "trigger":"write","actor":"ops","reason":"more room","running":true,\
            "changed":["server.port"]}\
            """;
    private static final String DONE =
            """
            {"version":"9f86d081884c7d65","changed":["server.port"],"need_restart":["server.port"],\
            "backups":["config/proxy.yaml.bak-20261121T100000.123Z"]}\
            """;
    private static final String WEIGHTS =
            """
            {"preset":"night","applied_at":"2026-11-21T22:00:00.000Z","applied_by":"ops",\
            "previous":null,"keys":[{"id":"primary","weight":10,"from_preset":true},\
            {"id":"spare","weight":100,"from_preset":false}]}\
            """;
    private static final String PRESET =
            """
            {"name":"night","weights":{"primary":10,"spare":5},\
            "saved_at":"2026-11-21T21:00:00.000Z","saved_by":"ops","applied":true}\
            """;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private String diff = SAME;
    private boolean forbidden;

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
    void diffIsTheAnswerNoWhereSomethingDiffers() throws IOException {
        var same = run("config", "diff");
        assertEquals("nothing differs from what runs\n", same.out(), same.err());
        assertEquals(0, same.status());

        diff = JUDGED.formatted("true", "[]");
        var different = run("config", "diff");
        assertEquals(
                """
                SETTING                     RUNS  WOULD BE
                server.port                 8443  9443
                gemini.api_keys[spare].key  -     ****
                """,
                different.out());
        assertEquals(1, different.status());
        assertTrue(
                run("-o", "json", "config", "diff")
                        .out()
                        .contains("\"setting\" : \"gemini.api_keys[spare].key\""));
    }

    @Test
    void aFileIsComparedByTheServerThatAlsoSaysWhatIsWrongWithIt() throws IOException {
        Path next = Emissions.OF_THIS_RUN.given(directory.resolve("next.yaml"));
        Files.writeString(next, "server: {prot: 1}\n");
        diff = JUDGED.formatted("false", ERROR);

        var invalid = run("config", "diff", "next.yaml");

        assertEquals(1, invalid.status());
        assertEquals(
                "error: server.prot: is not a known key — did you mean port?\n", invalid.err());
        assertEquals("POST /api/config/validate server: {prot: 1}\n", asked.getLast());
        assertEquals(5, run("config", "diff", "none.yaml").status());
    }

    @Test
    void theHistoryIsATableAndAVersionItsChanges() throws IOException {
        assertEquals(
                """
                -     VERSION           SINCE                 BY   CAUSE  CHANGED    WHY
                runs  9f86d081884c7d65  2026-11-21 10:00 UTC  ops  write  1 setting  more room
                lost: 77aa of 2026-11-21 11:00 UTC; the disk has not taken it, nobody can roll back to it
                """,
                run("config", "history").out());
        assertEquals(
                """
                version 9f86d081884c7d65, in effect since 2026-11-21 10:00 UTC, by ops (write)
                why: more room

                SETTING      BEFORE  AFTER
                server.port  8443    9443
                """,
                run("config", "history", "9f86d081884c7d65").out());
        assertEquals(1, run("config", "history", "nothing").status());
    }

    @Test
    void aRollbackTellsWhatItDid() throws IOException {
        assertEquals(
                """
                version 9f86d081884c7d65 is in effect
                changed: server.port
                takes effect at the next start: server.port
                what was there is kept as config/proxy.yaml.bak-20261121T100000.123Z
                """,
                run("config", "rollback", "9f86d081884c7d65", "--reason", "too many").out());
        assertEquals(
                "POST /api/config/history/9f86d081884c7d65/rollback?reason=too%20many ",
                asked.getLast());
        forbidden = true;
        var refused = run("config", "rollback", "9f86d081884c7d65");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("config-writes.conf"), refused.err());
        assertEquals(2, run("config", "rollback").status());
    }

    @Test
    void weightsAreShownSavedAppliedAndRolledBack() throws IOException {
        String table =
                """
                preset night holds since 2026-11-21 22:00 UTC, applied by ops

                KEY      WEIGHT  FROM
                primary  10      preset
                spare    100     configuration
                """;
        String presets =
                """
                -      PRESET  SAVED                 BY   WEIGHTS
                holds  night   2026-11-21 21:00 UTC  ops  primary=10 spare=5
                """;
        assertEquals(table, run("weights", "show").out());
        assertEquals(presets, run("weights", "show", "night").out());
        assertEquals(presets, run("weights", "list").out());
        assertEquals(
                presets,
                run("weights", "save", "night", "--weight", "primary=10", "--weight", "spare=5")
                        .out());
        assertEquals(
                "PUT /api/weights/presets/night {\"weights\":{\"primary\":10,\"spare\":5}}",
                asked.getLast());
        run("weights", "save", "now");
        assertEquals("PUT /api/weights/presets/now {}", asked.getLast());
        assertEquals(table, run("weights", "apply", "night").out());
        assertEquals("POST /api/weights/apply {\"preset_name\":\"night\"}", asked.getLast());
        assertEquals(table, run("weights", "rollback").out());
        assertEquals(1, run("weights", "show", "nothing").status());
        assertEquals(2, run("weights", "apply").status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return CliRun.installed(directory)
                .variable("GEMPROXY_ADMIN_PORT", "" + server.getAddress().getPort())
                .run(arguments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Emissions.OF_THIS_RUN.emitted("the request", exchange.getRequestHeaders().toString());
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String wanted = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        asked.add(wanted + " " + sent);
        int status = wanted.contains("nothing") ? 404 : forbidden ? 403 : 200;
        byte[] body = text(wanted, status).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String text(String wanted, int status) {
        if (status == 403) {
            return "{\"type\":\"urn:gemproxy:problem:writes_forbidden\",\"title\":\"No\","
                    + "\"detail\":\"See config-writes.conf.\"}";
        }
        if (status == 404) {
            return "{\"title\":\"Not found\",\"detail\":\"There is none.\"}";
        }
        if (wanted.contains("rollback?") || wanted.endsWith("65/rollback")) {
            return DONE;
        }
        if (wanted.endsWith("/history")) {
            return "{\"versions\":["
                    + VERSION
                    + "],\"lost\":[{\"version\":\"77aa\",\"applied_at\":"
                    + "\"2026-11-21T11:00:00Z\",\"trigger\":\"file\",\"actor\":\"gemproxy\"}]}";
        }
        if (wanted.contains("/history/")) {
            return "{\"entry\":"
                    + VERSION
                    + ",\"changes\":[{\"setting\":\"server.port\",\"before\":8443,\"after\":9443}],"
                    + "\"values\":{}}";
        }
        if (wanted.endsWith("/presets")) {
            return "{\"presets\":[" + PRESET + "]}";
        }
        if (wanted.contains("/presets/")) {
            return PRESET;
        }
        return wanted.contains("/weights") ? WEIGHTS : diff;
    }
}
