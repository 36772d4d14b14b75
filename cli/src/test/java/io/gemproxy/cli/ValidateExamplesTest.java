package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files users have: no with their placeholders, yes once the environment has real secrets. */
final class ValidateExamplesTest {
    private static final Path EXAMPLES = Path.of("../server/src/test/resources/examples");
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the admin password", "Correct-horse-7-battery");
    private static final String FIRST =
            Emissions.OF_THIS_RUN.secret(
                    "the first key", "AIzaSyB3kQ9wX7vR2mT5pL8nJ4hG6fD1sZ0aYcU");
    private static final String SECOND =
            Emissions.OF_THIS_RUN.secret(
                    "the second key", "AIzaSyC5mT8nL2pJ4hG6fD1sZ0aYcU3kQ9wX7vR");

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy-a",
                "proxy-a-acme",
                "proxy-b",
                "proxy-c-minimal",
                "proxy-d-production"
            })
    void exitsWithOneAndWithSecretsWithZero(String name) throws IOException {
        String file = name + ".yaml";
        Files.copy(EXAMPLES.resolve(file), directory.resolve(file));
        var run = new CliRun(directory);
        var placeholders = run.run("validate", file);
        assertEquals(1, placeholders.status(), placeholders.out());
        assertTrue(placeholders.out().startsWith(golden(name + ".findings.txt")));
        var real =
                run.variable("JWT_SECRET", CliRun.SECRET)
                        .variable("ADMIN_PASSWORD", PASSWORD)
                        .variable("GEMINI_API_KEY", FIRST)
                        .variable("GEMINI_API_KEYS", FIRST + "," + SECOND)
                        .run("validate", file);
        assertEquals(0, real.status(), real.out());
        assertTrue(real.out().startsWith(golden(name + ".with-secrets.txt")), real.out());
    }

    /** The findings of the server's own test, without the score at their end. */
    private static String golden(String name) throws IOException {
        String golden = Files.readString(EXAMPLES.resolve(name));
        return golden.substring(0, golden.lastIndexOf("score "));
    }
}
