package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code config reload} against a server that takes the configuration, or does not. */
final class ConfigReloadCommandIT {
    private static final String RELOAD = "POST /api/config/reload";
    private static final String UNCHANGED =
            "{\"result\":\"unchanged\",\"version\":\"5f1c0a9be27d4c38\"}";

    @RegisterExtension
    private final ScriptedAdmin admin = new ScriptedAdmin().says(RELOAD, UNCHANGED);

    @TempDir private Path directory;

    @Test
    void whatChangedIsToldAndWhatWaits() throws IOException {
        admin.shows(RELOAD, "admin-reload.json");
        assertEquals(
                """
                applied: 5f1c0a9be27d4c38
                  logging.level
                  server.port
                takes effect at the next start:
                  server.port
                """,
                run("config", "reload").out());
        assertEquals(CliRun.golden("reload.json"), run("config", "reload", "-o", "json").out());
    }

    @Test
    void nothingNewIsToldToo() throws IOException {
        assertEquals("unchanged: 5f1c0a9be27d4c38\n", run("config", "reload").out());
    }

    @Test
    void aRefusalIsTheAnswerNoWithItsFindings() throws IOException {
        admin.always(422, CliRun.golden("admin-reload-refused.json"));
        var people = run("config", "reload");
        assertEquals(
                """
                refused: what ran before runs on
                config/proxy.yaml:3:9: error: server.port: must be a whole number from 0 to 65535 — for example port: 8443 [GPX1005]
                """,
                people.out());
        assertEquals(1, people.status());
        var programs = run("config", "reload", "-o", "json");
        assertEquals(CliRun.golden("reload-refused.json"), programs.out());
        assertEquals(1, programs.status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
