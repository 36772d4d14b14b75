package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code drain} against a server that goes, or does not. */
@Timeout(60)
final class DrainCommandIT {
    private static final String DRAINING =
            "draining: 7 connections, 1 stream; the server stops within 30 s\n";

    private final DrivenPulse pulse = new DrivenPulse();
    private final AtomicInteger looks = new AtomicInteger();

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .says(
                            "POST /api/drain",
                            "{\"draining\":true,\"grace_seconds\":30,\"connections\":7,\"streams\":1}")
                    .says("GET /api/status", "{\"connections\":2,\"streams\":1}");

    @TempDir private Path directory;

    @Test
    void returnsAtOnceUnlessAskedToWait() throws IOException {
        var outcome = installed().run("drain");
        assertEquals(DRAINING, outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertEquals(1, admin.asked().size());
    }

    @Test
    void waitsUntilTheServerAnswersNoMoreAndTellsWhatIsLeft() throws IOException {
        var outcome =
                installed()
                        .pause(() -> {
                            pulse.pass(Duration.ofSeconds(2));
                            if (looks.incrementAndGet() == 4) {
                                admin.close();
                            }
                            return true;
                        })
                        .run("drain", "--wait");
        assertEquals(DRAINING + "stopped\n", outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
        assertTrue(
                outcome.err()
                        .contains(
                                "\rWaiting for the server to stop, 2 connections, 1 stream … 4 s"),
                outcome.err());
        assertEquals(4, looks.get());
    }

    @Test
    void aServerThatStaysIsTheAnswerNo() throws IOException {
        var outcome =
                installed()
                        .pause(() -> {
                            pulse.pass(Duration.ofSeconds(9));
                            return true;
                        })
                        .run("drain", "--wait", "-o", "json");
        assertEquals(1, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("\"stopped\" : false"), outcome.out());
    }

    private CliRun installed() throws IOException {
        return admin.installed(directory).onTerminal(120, pulse);
    }
}
