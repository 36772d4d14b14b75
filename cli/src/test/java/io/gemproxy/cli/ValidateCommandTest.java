package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidateCommandTest {
    private static final String API_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyB3kQ9wX7vR2mT5pL8nJ4hG6fD1sZ0aYcU");
    private static final String BROKEN =
            "server:\n  prot: 8443\nauth:\n  jwt_secret: changeme\n  rate_limit_per_minute: many\n";

    @TempDir private Path directory;

    @Test
    void tellsEveryProblemWithItsPlaceAndAFix() throws IOException {
        var outcome = new CliRun(directory).config(BROKEN).run("validate");
        assertEquals(CliRun.golden("validate.txt"), outcome.out());
        assertEquals(1, outcome.status());
        assertEquals("", outcome.err());
    }

    @Test
    void tellsProgramsTheSame() throws IOException {
        var outcome = new CliRun(directory).config(BROKEN).run("validate", "--output", "json");
        assertEquals(CliRun.golden("validate.json"), outcome.out());
        assertEquals(1, outcome.status());
    }

    @Test
    void isContentOnceTheSecretsComeFromTheEnvironment() throws IOException {
        var run = CliRun.installed(directory);
        assertEquals(1, run.run("validate").status());
        var outcome = run.variable("GEMINI_API_KEY", API_KEY).run("validate", "--strict");
        assertEquals(0, outcome.status(), outcome.out());
        assertEquals(
                "config/proxy.yaml: valid, 0 errors, 0 warnings, security score 100/100\n",
                outcome.out());
    }

    @Test
    void failsOnWarningsOnlyWhenStrict() throws IOException {
        var run =
                new CliRun(directory)
                        .config(
                                "gemini:\n  timeout_seconds: 30\nauth:\n  rate_limit_per_minute: 60\n")
                        .variable("JWT_SECRET", CliRun.SECRET)
                        .variable("GEMINI_API_KEY", API_KEY);
        assertEquals(0, run.run("validate").status());
        assertEquals(1, run.run("validate", "--strict").status());
    }

    @Test
    void givesNoScoreToWhatItCannotJudge() throws IOException {
        var run = new CliRun(directory).config("auth: !!map {}\nserver:\n  prot: 1\n");
        var outcome = run.run("validate");
        assertEquals(1, outcome.status());
        assertTrue(
                outcome.out()
                        .endsWith(
                                "invalid, 1 error, 0 warnings; the rest can be judged once this is"
                                        + " mended\n"),
                outcome.out());
        assertTrue(run.run("validate", "-o", "json").out().contains("\"security_score\" : null"));
    }

    @Test
    void readsStandardInput() {
        var outcome = new CliRun(directory).input(BROKEN).run("validate", "-");
        assertTrue(outcome.out().contains("\n<stdin>:2:3: error: "), outcome.out());
        assertEquals(1, outcome.status());
    }

    @Test
    void namesTheFileThatIsNotThere() {
        var outcome = new CliRun(directory).run("validate", "other.yaml");
        assertEquals(5, outcome.status());
        assertTrue(outcome.out().endsWith("other.yaml: invalid, 1 error, 0 warnings\n"));
    }

    @Test
    void coloursOnATerminalOnly() throws IOException {
        var run = new CliRun(directory).config(BROKEN);
        assertFalse(run.run("validate").out().contains("\u001b"));
        String coloured = run.inColour().run("validate").out();
        assertTrue(coloured.contains(": \u001b[31merror\u001b[0m: "), coloured);
        assertFalse(run.run("validate", "-o", "json").out().contains("\u001b"));
    }

    @Test
    void neverShowsASecret() throws IOException {
        var run = new CliRun(directory).config("auth:\n  jwt_secret: [" + CliRun.SECRET + "]\n");
        for (String format : new String[] {"text", "json"}) {
            var outcome = run.run("validate", "--output", format);
            assertFalse((outcome.out() + outcome.err()).contains(CliRun.SECRET));
        }
    }
}
