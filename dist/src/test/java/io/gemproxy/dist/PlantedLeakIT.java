package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search would notice a leak in what the programs print. */
final class PlantedLeakIT {
    private static final String PLANTED =
            Emissions.OF_THIS_RUN.secret("the planted secret", "planted-0123456789abcdef");

    @TempDir private Path directory;

    @Test
    void isFoundInBothStreams() throws Exception {
        String script = "echo '" + PLANTED + "'; echo '" + PLANTED + "' >&2";
        Outcome.of(directory, Map.of("PATH", "/usr/bin:/bin"), List.of("sh", "-c", script));

        assertEquals(
                Set.of(
                        "the planted secret in plain in standard output",
                        "the planted secret in plain in standard error"),
                Emissions.OF_THIS_RUN.judge());
    }
}
