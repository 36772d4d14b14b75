package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code metrics}, {@code performance} and {@code errors} against a server that has some. */
final class ObservationCommandsIT {
    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .shows("GET /metrics", "admin-metrics.txt")
                    .shows("GET /performance", "admin-performance.json")
                    .shows("GET /errors", "admin-errors.json");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "performance", "errors"})
    void peopleSeeTables(String command) throws IOException {
        var outcome = run(command);
        assertEquals(CliRun.golden(command + ".txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void programsSeeEachSampleOfAMetricWithItsLabels() throws IOException {
        var outcome = run("metrics", "-o", "json");
        assertEquals(CliRun.golden("metrics.json"), outcome.out(), outcome.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"performance", "errors"})
    void programsSeeTheServersAnswer(String command) throws IOException {
        var json = new ObjectMapper();
        assertEquals(
                json.readTree(CliRun.golden("admin-" + command + ".json")),
                json.readTree(run(command, "-o", "json").out()));
    }

    @Test
    void aWordChoosesMetrics() throws IOException {
        var outcome = run("metrics", "cost");
        assertTrue(outcome.out().contains("gemini_proxy_cost_usd_total"), outcome.out());
        assertEquals(2, outcome.out().lines().count(), outcome.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "performance", "errors"})
    void aRefusalHasItsExitCode(String command) throws IOException {
        admin.always(404, "");
        var missing = run(command);
        assertEquals(1, missing.status());
        assertTrue(missing.err().contains(" answered 404"), missing.err());
        admin.always(401, "");
        assertEquals(4, run(command).status());
        admin.close();
        var unreachable = run(command);
        assertEquals(3, unreachable.status());
        assertFalse(unreachable.err().contains("\tat "), unreachable.err());
        assertEquals("", unreachable.out());
    }

    private CliRun.Outcome run(String... arguments) throws IOException {
        return admin.installed(directory).run(arguments);
    }
}
