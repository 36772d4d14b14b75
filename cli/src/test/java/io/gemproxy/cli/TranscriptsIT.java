package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transcripts of {@code docs/cli.md} are what the commands print, against a server and a
 * simulator. With {@code -Dgemproxy.transcripts=true} they are written anew instead.
 */
@Timeout(180)
final class TranscriptsIT {
    private static final Path MANUAL = Path.of("../docs/cli.md");

    /** These begin where nothing is yet. */
    private static final Set<String> AT_FIRST = Set.of("init", "config import", "cert self-signed");

    /** They read what the server has left behind. */
    private static final Set<String> AFTERWARDS = Set.of("audit tail", "audit verify");

    @TempDir private Path directory;

    @Test
    void theManualShowsWhatTheCommandsPrint() throws Exception {
        String manual = Files.readString(MANUAL);
        String played;
        try (Household household = new Household(directory.resolve("server"))) {
            History.happen(household, directory.resolve("config import"));
            played =
                    Manual.replayed(
                            manual, (section, command) -> play(household, section, command));
        }
        if (Boolean.getBoolean("gemproxy.transcripts")) {
            Files.writeString(MANUAL, played);
        }
        assertEquals(
                played,
                Files.readString(MANUAL),
                "make transcripts writes docs/cli.md as the commands are now");
    }

    @Test
    void eachCommandHasATranscript() throws Exception {
        List<String> played = Manual.commands(Files.readString(MANUAL));
        for (String leaf : CommandTree.leaves()) {
            assertTrue(
                    played.stream()
                            .anyMatch(line -> line.startsWith(leaf + ": gemproxy-cli " + leaf)),
                    () -> "docs/cli.md has no transcript of " + leaf);
        }
    }

    private List<String> play(Household household, String section, String command)
            throws Exception {
        if (AFTERWARDS.contains(section)) {
            household.stop();
        }
        household.pass(Duration.ofSeconds(1));
        return AT_FIRST.contains(section)
                ? household.shellIn(directory.resolve(section)).run(command)
                : household.shell().run(command);
    }
}
