package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands that have to wait, at a pulse that the ones they wait for drive. */
@Timeout(60)
final class ProgressIT {
    private final DrivenPulse pulse = new DrivenPulse();

    @RegisterExtension
    private final ScriptedAdmin admin = new ScriptedAdmin().otherwise(this::late);

    @TempDir private Path directory;

    @Test
    void whoWaitsForTheServerIsToldSoAndTheAnswerStandsAlone() throws IOException {
        for (String command :
                new String[] {"status", "config reload", "drain", "config show --on-server"}) {
            var outcome = installed().run(command.split(" "));
            assertTold("Waiting for " + admin.url() + ", ", "s at most … 3 s", outcome.err());
            assertFalse(outcome.out().contains("Waiting"), outcome.out());
        }
    }

    @Test
    void whoTestsAllKeysIsToldWhichItIs() throws IOException {
        admin.says("GET /api/keys", "{\"keys\":[{\"id\":\"primary\"},{\"id\":\"spare\"}]}");
        var outcome = installed().run("keys", "test", "--all", "-o", "json");
        assertTold("Testing keys, 1 of 2: primary", "… 3 s", outcome.err());
        assertTold("Testing keys, 2 of 2: spare", "… 6 s", outcome.err());
        assertTrue(outcome.out().startsWith("{"), outcome.out());
    }

    @Test
    void whoExaminesIsToldWhatIsLookedAt() throws IOException {
        var run =
                installed()
                        .variable("GEMPROXY_GEMINI_BASE_URL", admin.url())
                        .variable("GEMINI_API_KEY", "AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e");
        var outcome = run.run("doctor");
        assertTold("Examining, asking " + admin.url() + ", 5 s at most", "… 3 s", outcome.err());
    }

    @Test
    void whoMeetsATlsServerIsToldThatItIsWaitedFor() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> hangUp(socket));
            String address = "127.0.0.1:" + socket.getLocalPort();
            var outcome = installed().run("cert", "inspect", address);
            peer.join();
            assertTold("Waiting for " + address, "… 3 s", outcome.err());
        }
    }

    @Test
    void whereTalkGoesToAFileOrAJobNothingIsTold() throws IOException {
        var outcome = admin.installed(directory).onTerminal(0, pulse).run("status");
        assertEquals("", outcome.err());
    }

    private CliRun installed() throws IOException {
        return admin.installed(directory).onTerminal(200, pulse);
    }

    /** Three seconds pass before there is an answer. */
    private ScriptedAdmin.Answer late(String request) {
        pulse.pass(Duration.ofSeconds(3));
        return new ScriptedAdmin.Answer(200, "{\"works\":true,\"result\":\"unchanged\"}");
    }

    private void hangUp(ServerSocket socket) {
        try (var _ = socket.accept()) {
            pulse.pass(Duration.ofSeconds(3));
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private static void assertTold(String what, String howLong, String err) {
        assertTrue(err.contains("\r" + what), err);
        assertTrue(err.contains(howLong), err);
        int end = err.lastIndexOf('\r');
        assertFalse(err.substring(end).contains("…"), () -> "the line is left behind: " + err);
    }
}
