package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain CODE}, which needs neither configuration nor server. */
final class ExplainCommandTest {
    @TempDir private Path directory;

    @Test
    void aCodeIsExplainedOffline() {
        var outcome = new CliRun(directory).run("explain", "api_key_leaked");
        assertEquals(CliRun.golden("explain-code.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertEquals(
                CliRun.golden("explain-code.json"),
                new CliRun(directory).run("explain", "API_KEY_LEAKED", "-o", "json").out());
    }

    @Test
    void whatIsNeitherEndsWith1AndASuggestion() {
        var outcome = new CliRun(directory).run("explain", "leaked");
        assertEquals(1, outcome.status());
        assertEquals(
                "gemproxy-cli: 'leaked' is no code and no request id; did you mean"
                        + " api_key_leaked?\n",
                outcome.err());
    }

    @Test
    void whatIsLikeNothingEndsWith1() {
        var outcome = new CliRun(directory).run("explain", "xyzzy");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().endsWith("no request id\n"), outcome.err());
    }
}
