package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transcripts of {@code docs/cli} are what the commands print, against a server and a
 * simulator. With {@code -Dgemproxy.transcripts=true} they are written anew instead.
 */
@Timeout(180)
final class TranscriptsIT {
    @TempDir private Path directory;

    @Test
    void theManualShowsWhatTheCommandsPrint() throws Exception {
        try (ManualPlayer player = new ManualPlayer(directory)) {
            for (Path page : Manual.pages()) {
                String played = Manual.replayed(Manual.text(page), player::play);
                if (Boolean.getBoolean("gemproxy.transcripts")) {
                    Files.writeString(page, played);
                }
                assertEquals(
                        played,
                        Manual.text(page),
                        "make transcripts writes docs/cli as the commands are now");
            }
        }
    }

    @Test
    void eachCommandHasATranscript() throws Exception {
        List<String> played = Manual.commands();
        for (String leaf : CommandTree.leaves()) {
            assertTrue(
                    played.stream()
                            .anyMatch(line -> line.startsWith(leaf + ": gemproxy-cli " + leaf)),
                    () -> "docs/cli has no transcript of " + leaf);
        }
    }
}
