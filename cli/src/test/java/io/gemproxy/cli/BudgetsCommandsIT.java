package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code budgets} against a server with one account, the month of which is damaged. */
final class BudgetsCommandsIT {
    private static final String ACCOUNT =
            """
            {"client":"ci","day":{"start":"2026-11-21T00:00:00Z","end":"2026-11-22T00:00:00Z","known":true,\
            "spent":{"requests":12,"tokens":80312,"usd":0.0240936},"reserved":{"requests":0,"tokens":7,"usd":0}},\
            "month":{"start":"2026-11-01T00:00:00Z","end":"2026-12-01T00:00:00Z","known":false,\
            "spent":{"requests":940,"tokens":5120021,"usd":1.5},"reserved":{"requests":0,"tokens":7,"usd":0}}}\
            """;

    private static final String TABLE =
            """
            CLIENT  PERIOD  REQUESTS  TOKENS   DOLLARS    HELD  STATE
            ci      day     12        80312    0.0240936  7     known
            ci      month   940       5120021  1.5        7     unknown, refused
            """;

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .says("GET /api/budgets", "{\"clients\":[" + ACCOUNT + "]}")
                    .says("POST /api/budgets/ci/reset", ACCOUNT)
                    .says("POST /api/budgets/reset", "{\"clients\":[" + ACCOUNT + "]}");

    @TempDir private Path directory;

    @Test
    void theListShowsBothPeriodsOfEachClient() throws IOException {
        var outcome = run("budgets", "list");
        assertEquals(TABLE, outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(run("-o", "json", "budgets", "list").out().contains("\"known\""));
    }

    @Test
    void resetIsForOneClientOrForAll() throws IOException {
        assertEquals(TABLE, run("budgets", "reset", "ci").out());
        assertEquals(TABLE, run("budgets", "reset", "--all").out());
        assertEquals(
                List.of("POST /api/budgets/ci/reset", "POST /api/budgets/reset"), admin.asked());
        assertEquals(2, run("budgets", "reset").status());
        assertEquals(2, run("budgets", "reset", "ci", "--all").status());
        assertEquals(2, admin.asked().size());
    }

    @Test
    void aClientThatIsNotThereIsTheAnswerNo() throws IOException {
        assertEquals(1, run("budgets", "reset", "nobody").status());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
