package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code sessions} against a server where two are logged in. */
final class SessionsCommandsIT {
    private static final String ID = "Yb0xw1bH3kq9LzRt";

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .shows("GET /api/sessions", "admin-sessions.json")
                    .says("DELETE /api/sessions", "{\"ended\":2}")
                    .says("DELETE /api/sessions/" + ID, "{\"ended\":1}")
                    .otherwise(_ -> ScriptedAdmin.missing("No session that lives has this id."));

    @TempDir private Path directory;

    @Test
    void theListSaysWhoIsLoggedInFromWhereAndUntilWhen() throws IOException {
        var outcome = run("sessions", "list");
        assertEquals(0, outcome.status(), outcome.err());
        List<String> lines = outcome.out().lines().toList();
        assertEquals(3, lines.size(), outcome.out());
        assertEquals(
                List.of("ID", "ADDRESS", "LOGIN"),
                List.of(lines.getFirst().split(" +")).subList(0, 3));
        assertTrue(lines.get(1).startsWith(ID + "  127.0.0.1"), lines.get(1));
        assertTrue(lines.get(1).contains("2026-11-21 11:05 UTC  curl/8.5.0"), lines.get(1));
    }

    @Test
    void oneIsEndedByItsIdAndAllByTheirOption() throws IOException {
        assertEquals("1 session ended.\n", run("sessions", "end", ID).out());
        assertEquals("2 sessions ended.\n", run("sessions", "end", "--all").out());
        assertEquals(
                "{\"ended\":2}",
                run("sessions", "end", "--all", "-o", "json").out().replaceAll("\\s", ""));
        assertEquals("DELETE /api/sessions/" + ID, admin.asked().getFirst());
        assertEquals("DELETE /api/sessions", admin.asked().getLast());
    }

    @Test
    void whatIsNotThereEndsWith1AndNothingAtAllWith2() throws IOException {
        var outcome = run("sessions", "end", "nobody");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("No session that lives has this id."), outcome.err());
        admin.asked().clear();
        assertEquals(2, run("sessions", "end").status());
        assertEquals(2, run("sessions", "end", ID, "--all").status());
        assertEquals(List.of(), admin.asked());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
