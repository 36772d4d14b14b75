package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search would notice a leak in what the commands print. */
final class PlantedLeakTest {
    private static final String PLANTED =
            Emissions.OF_THIS_RUN.secret("the planted secret", "planted-0123456789abcdef");

    @TempDir private Path directory;

    @Test
    void onStandardOutput() {
        new CliRun(directory).run("validate", PLANTED + ".yaml");

        assertFound("standard output");
    }

    @Test
    void onStandardError() {
        new CliRun(directory)
                .run("token", "issue", "--subject", "ci", "--config", PLANTED + ".yaml");

        assertFound("standard error");
    }

    private static void assertFound(String place) {
        assertEquals(
                Set.of("the planted secret in plain in " + place), Emissions.OF_THIS_RUN.judge());
    }
}
