package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code config diff|history|rollback|show} against a server that says so. */
final class ConfigCommandsIT {
    private static final String JUDGED =
            """
            {"valid":%s,"score":98,"findings":%s,"changes":[\
            {"setting":"server.port","before":8443,"after":9443,"takes_effect":"restart"},\
            {"setting":"gemini.api_keys[spare].key","before":null,"after":"****",\
            "takes_effect":"reload"}]}\
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
    private static final String LOST =
            """
            "lost":[{"version":"77aa","applied_at":"2026-11-21T11:00:00Z","trigger":"file",\
            "actor":"gemproxy"}]\
            """;
    private static final String ROLLBACK = "/api/config/history/9f86d081884c7d65/rollback";
    private static final String DETAIL =
            "{\"entry\":"
                    + VERSION
                    + ",\"changes\":[{\"setting\":\"server.port\",\"before\":8443,\"after\":9443,"
                    + "\"takes_effect\":\"restart\"}],\"values\":{}}";
    private static final String DIFFERENCE =
            """
            {"version":"9f86d081884c7d65","against":"%s","changes":[{"setting":"logging.level",\
            "before":"info","after":"debug","takes_effect":"reload"}]}\
            """;
    private static final String RUNNING =
            """
            {"version":"9f86d081884c7d65","since":"2026-11-21T10:00:00.123Z","not_taken_over":[],\
            "on_disk":{"state":"same","since":null},"values":{"server":{"port":8443}}}\
            """;
    private static final String STORED =
            """
            {"server":{"port":8443,"trusted_proxies":["10.0.0.0/8","::1"],"tls":{"enabled":true}},\
            "gemini":{"api_keys":[{"id":"primary","key":"****"}]},\
            "auth":{"jwt_secret":"${JWT_SECRET}"}}\
            """;
    private static final String DONE =
            """
            {"version":"9f86d081884c7d65","changed":["server.port"],"need_restart":["server.port"],\
            "backups":["config/proxy.yaml.bak-20261121T100000.123Z"],\
            "restored":["config/proxy.yaml"],"not_restored":["config/prices.yaml"]}\
            """;

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .says("GET /api/config", STORED)
                    .says("GET /api/config/running", RUNNING)
                    .says("GET /api/config/diff?against=running", SAME)
                    .says(
                            "GET /api/config/history",
                            "{\"versions\":[" + VERSION + "]," + LOST + "}")
                    .says("GET /api/config/history/9f86d081884c7d65", DETAIL);

    @TempDir private Path directory;

    @Test
    void diffIsTheAnswerNoWhereSomethingDiffers() throws IOException {
        var same = run("config", "diff");
        assertEquals("nothing differs from what runs\n", same.out(), same.err());
        assertEquals(0, same.status());

        admin.says("GET /api/config/diff?against=running", JUDGED.formatted("true", "[]"));
        var different = run("config", "diff");
        assertEquals(
                """
                SETTING                     RUNS  WOULD BE  EFFECT
                server.port                 8443  9443      needs restart
                gemini.api_keys[spare].key  -     ****      applies on reload
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
        admin.says("POST /api/config/validate?against=running", JUDGED.formatted("false", ERROR));

        var invalid = run("config", "diff", "next.yaml");

        assertEquals(1, invalid.status());
        assertEquals(
                "next.yaml:1:2: error: server.prot: is not a known key — did you mean port?"
                        + " [GPX1001]\n",
                invalid.err());
        assertEquals(
                "POST /api/config/validate?against=running server: {prot: 1}",
                admin.asked().getLast());
        assertEquals(5, run("config", "diff", "none.yaml").status());

        String asItWouldBe = JUDGED.formatted("false", ERROR.replace("body", "proxy.yaml"));
        admin.says("POST /api/config/validate?against=running", asItWouldBe);
        String elsewhere = run("config", "diff", "next.yaml").err();
        assertTrue(elsewhere.startsWith("error: server.prot: "), elsewhere);
        admin.says(
                "GET /api/config/diff?against=running",
                SAME.replace("true", "false")
                        .replace(
                                "[],\"changes",
                                ERROR.replace("body", "proxy.yaml") + ",\"changes"));
        assertEquals("no server could run with it\n", run("config", "diff").out());
        String there = run("config", "diff").err();
        assertTrue(there.startsWith("proxy.yaml:1:2: error: server.prot: "), there);
        for (List<String> vain :
                List.of(
                        List.of("config", "diff", "--against", ""),
                        List.of("config", "history", "9f86d081884c7d65", "--against", " "))) {
            assertEquals(2, run(vain.toArray(String[]::new)).status(), vain::toString);
        }
    }

    @Test
    void whatIsComparedWithIsNamedInTheHeading() throws IOException {
        Path next = Emissions.OF_THIS_RUN.given(directory.resolve("next.yaml"));
        Files.writeString(next, "server: {port: 1}\n");
        admin.says("POST /api/config/validate?against=file", JUDGED.formatted("true", "[]"));
        admin.says("GET /api/config/diff?against=77aa", JUDGED.formatted("true", "[]"));
        admin.says("GET /api/config/diff?against=file", SAME);

        String disk = run("config", "diff", "next.yaml", "--against", "file").out();
        assertTrue(disk.startsWith("SETTING                     ON DISK  WOULD BE"), disk);
        String version = run("config", "diff", "--against", "77aa").out();
        assertTrue(version.startsWith("SETTING                     WAS   WOULD BE"), version);
        assertEquals(
                "nothing differs from what is on the server's disk\n",
                run("config", "diff", "--against", "file").out());
        var missing = run("config", "diff", "--against", "nothing");
        assertEquals(1, missing.status());
        assertEquals("", missing.out());
    }

    @Test
    void aVersionIsComparedWithAnotherOrWhatRuns() throws IOException {
        String diff = "GET /api/config/history/9f86d081884c7d65/diff?against=";
        admin.says(diff + "running", DIFFERENCE.formatted("running"));
        admin.says(diff + "77aa", DIFFERENCE.formatted("77aa"));
        admin.says(diff + "file", "{\"version\":\"9f86d081884c7d65\",\"changes\":[]}");
        String version = "9f86d081884c7d65";
        assertEquals(
                """
                SETTING        RUNS  9f86d081884c7d65  EFFECT
                logging.level  info  debug             applies on reload
                """,
                run("config", "history", version, "--against", "running").out());
        assertEquals(
                """
                SETTING        77aa  9f86d081884c7d65  EFFECT
                logging.level  info  debug             applies on reload
                """,
                run("config", "history", version, "--against", "77aa").out());
        assertEquals(
                "no setting differs\n",
                run("config", "history", version, "--against", "file").out());
        admin.otherwise(request -> ScriptedAdmin.missing("The history has no such version."));
        var missing = run("config", "history", version, "--against", "88bb");
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains("The history has no such version."), missing.err());
        assertEquals(2, run("config", "history", "--against", "running").status());
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

                SETTING      BEFORE  AFTER  EFFECT
                server.port  8443    9443   needs restart
                """,
                run("config", "history", "9f86d081884c7d65").out());
        assertEquals(1, run("config", "history", "nothing").status());
    }

    @Test
    void aRollbackTellsWhatItDid() throws IOException {
        admin.says("POST " + ROLLBACK + "?reason=too%20many", DONE);
        assertEquals(
                """
                version 9f86d081884c7d65 is in effect
                changed: server.port
                takes effect at the next start: server.port
                what was there is kept as config/proxy.yaml.bak-20261121T100000.123Z
                as it was then: config/proxy.yaml
                as it is now, since no version holds it: config/prices.yaml
                """,
                run("config", "rollback", "9f86d081884c7d65", "--reason", "too many").out());
        assertEquals("POST " + ROLLBACK + "?reason=too%20many", admin.asked().getLast());
        admin.always(
                403,
                "{\"type\":\"urn:gemproxy:problem:writes_forbidden\",\"title\":\"No\","
                        + "\"detail\":\"See config-writes.conf.\"}");
        var refused = run("config", "rollback", "9f86d081884c7d65");
        assertEquals(1, refused.status());
        assertTrue(refused.err().contains("config-writes.conf"), refused.err());
        assertEquals(2, run("config", "rollback").status());
    }

    @Test
    void theServersOwnFilesAreShownWhereTheyAreAskedFor() throws IOException {
        String table =
                """
                KEY                     VALUE
                server.port             8443
                server.trusted_proxies  10.0.0.0/8, ::1
                server.tls.enabled      true
                gemini.api_keys[0].id   primary
                gemini.api_keys[0].key  ****
                auth.jwt_secret         ${JWT_SECRET}
                """;
        assertEquals(table, run("config", "show", "--on-server").out());
        assertEquals(table, run("config", "show", "--server", admin.url()).out());
        assertEquals(List.of("GET /api/config", "GET /api/config"), admin.asked());
        String json = run("config", "show", "--on-server", "-o", "json").out();
        assertTrue(json.contains("\"source\" : \"" + admin.url() + "\""), json);
        assertTrue(json.contains("\"value\" : [ \"10.0.0.0/8\", \"::1\" ]"), json);
        assertEquals(
                """
                KEY          VALUE
                server.port  8443
                """,
                run("config", "show", "--running").out());
        assertEquals("GET /api/config/running", admin.asked().getLast());
        assertEquals(2, run("config", "show", "--on-server", "--origin").status());
        assertEquals(2, run("config", "show", "--on-server", "--running").status());
        assertEquals(2, run("config", "show", "--on-server", "--set", "server.port=1").status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
