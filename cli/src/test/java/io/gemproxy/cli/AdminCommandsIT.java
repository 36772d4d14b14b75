package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask the admin port, against a server that speaks the admin port's JSON. */
final class AdminCommandsIT {
    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin()
                    .shows("GET /api/status", "admin-status.json")
                    .shows("GET /api/keys", "admin-keys.json");

    @TempDir private Path directory;

    @Test
    void showsTheStatusToPeople() throws IOException {
        var outcome = installed().run("status");
        assertEquals(CliRun.golden("status.txt"), outcome.out(), outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void handsTheStatusToProgramsAsTheServerGaveIt() throws IOException {
        var outcome = installed().run("status", "--output", "json");
        assertEquals(CliRun.golden("status.json"), outcome.out());
    }

    @Test
    void mintsItsOwnAdminTokenOnTheServersMachine() throws IOException {
        assertEquals(0, installed().run("status").status());
        var config =
                new AuthenticationConfig(
                        true,
                        Optional.of(Secret.of(CliRun.SECRET)),
                        List.of(),
                        Duration.ZERO,
                        Optional.empty());
        var result =
                new TokenVerifier(config, InstantSource.fixed(CliRun.NOW))
                        .verify(admin.presented().getFirst().substring("Bearer ".length()));
        var client = assertInstanceOf(AuthenticationResult.Authenticated.class, result).client();
        assertEquals(Role.ADMIN, client.role());
        assertEquals("gemproxy-cli", client.id().value());
    }

    @Test
    void presentsTheTokenOfTheFileOrElseOfTheEnvironment() throws IOException {
        Files.writeString(directory.resolve("token"), "from-file\n");
        var run = new CliRun(directory).variable("GEMPROXY_ADMIN_TOKEN", "from-environment");
        run.run("status", "--server", admin.url(), "--token-file", "token");
        run.variable("GEMPROXY_SERVER_URL", admin.url() + "/").run("status");
        assertEquals(List.of("Bearer from-file", "Bearer from-environment"), admin.presented());
    }

    @Test
    void mintsNothingForAServerElsewhere() throws IOException {
        var outcome = installed().run("status", "--server", "https://gw.example");
        assertEquals(4, outcome.status());
        assertTrue(outcome.err().contains("GEMPROXY_ADMIN_TOKEN"), outcome.err());
    }

    @Test
    void wantsATokenWhereThereIsNothingToMintOneFrom() {
        var outcome = new CliRun(directory).run("status", "--server", admin.url());
        assertEquals(4, outcome.status());
        assertTrue(outcome.err().contains("wants GEMPROXY_ADMIN_TOKEN"), outcome.err());
    }

    @Test
    void saysOfAPortThatSpeaksNoHttpThatItIsNotTheAdminPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread peer = Thread.ofVirtual().start(() -> alert(socket));
            var outcome =
                    installed()
                            .run("status", "--server", "http://127.0.0.1:" + socket.getLocalPort());
            peer.join();
            assertEquals(1, outcome.status(), outcome.err());
            assertTrue(outcome.err().contains("does not answer like the admin"), outcome.err());
        }
    }

    @Test
    void saysOfAPortWithoutTlsWhatIsMissing() throws IOException {
        var outcome = installed().run("status", "--server", admin.url().replace("http:", "https:"));
        assertEquals(3, outcome.status());
        assertTrue(outcome.err().contains("Is it the admin port?"), outcome.err());
    }

    @Test
    void endsWith4WhereTheTokenIsNotAccepted() throws IOException {
        for (int refusal : new int[] {401, 403}) {
            admin.always(refusal, "");
            assertEquals(4, installed().run("keys", "list").status());
        }
    }

    @Test
    void tellsAProblemInTheServersWords() throws IOException {
        admin.always(
                500,
                "{\"title\":\"Internal\\u001b[31m error\",\"detail\":\"See the"
                        + " log.\",\"request_id\":\"r1\"}");
        var outcome = installed().run("status");
        assertEquals(1, outcome.status());
        assertEquals(
                "gemproxy-cli: "
                        + admin.url()
                        + " answered 500: Internal[31m error. See the log. (request r1)\n",
                outcome.err());
    }

    @Test
    void saysOfAnotherProgramThatItIsNotGemproxy() throws IOException {
        admin.always(200, "<html>");
        var outcome = installed().run("status");
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("does not answer like the admin port"), outcome.err());
    }

    @Test
    void endsWith3WhereNobodyListens() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var outcome = installed().run("status", "--server", "http://127.0.0.1:" + free);
        assertEquals(3, outcome.status());
        assertTrue(outcome.err().contains("Is the server running?"), outcome.err());
        assertFalse(outcome.err().contains("\tat "), outcome.err());
    }

    @Test
    void endsWith2WhereTheAddressIsNone() throws IOException {
        for (String odd : new String[] {"9090", "ftp://x", "http://u:secret@x", "http://x/path"}) {
            var outcome = installed().run("status", "--server", odd);
            assertEquals(2, outcome.status(), odd);
            assertFalse(outcome.err().contains("secret"), outcome.err());
        }
    }

    @Test
    void endsWith5WhereTheTokenFileIsNotThere() throws IOException {
        assertEquals(5, installed().run("status", "--token-file", "nowhere").status());
    }

    /** What a TLS port says to a plain request: a fatal alert, then nothing. */
    private static void alert(ServerSocket socket) {
        try (var peer = socket.accept()) {
            peer.getInputStream().read(new byte[4096]);
            peer.getOutputStream().write(new byte[] {0x15, 3, 3, 0, 2, 2, 10});
        } catch (IOException gone) {
            throw new AssertionError(gone);
        }
    }

    private CliRun installed() throws IOException {
        return admin.installed(directory);
    }
}
