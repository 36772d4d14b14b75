package io.gemproxy.server;

import static io.gemproxy.server.ServerFixture.keyOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.systemd.NotifyReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command under a service manager: what it says, and which signals it survives. */
@Timeout(120)
class SupervisorIT {
    @TempDir Path directory;

    @Test
    void itSaysThatItServesReloadsAndStops() throws Exception {
        Path file = Files.writeString(directory.resolve("proxy.yaml"), yaml());
        Path notify = directory.resolve("notify");
        try (NotifyReceiver supervisor =
                        new NotifyReceiver(notify.toString(), Duration.ofSeconds(60));
                ServerProcess server =
                        ServerProcess.start(
                                directory,
                                Map.of(
                                        "NOTIFY_SOCKET",
                                        notify.toString(),
                                        "WATCHDOG_USEC",
                                        "2000000"),
                                "--config",
                                file.toString())) {
            String ready = supervisor.next();
            assertTrue(ready.startsWith("READY=1\nSTATUS=Serving on http://127.0.0.1:"), ready);
            assertTrue(ready.endsWith("; 1 of 1 key healthy"), ready);
            supervisor.nextWith("WATCHDOG=1");
            supervisor.nextWith("WATCHDOG=1");

            Files.writeString(file, yaml() + "unknown: 1\n");
            server.hangUp();
            supervisor.nextWith("RELOADING=1", "MONOTONIC_USEC=");
            supervisor.nextWith(
                    "READY=1", "; configuration refused: ", "unknown: is not a known key");

            Files.writeString(file, yaml());
            server.hangUp();
            supervisor.nextWith("RELOADING=1");
            String mended = supervisor.nextWith("READY=1", "1 of 1 key healthy");
            assertFalse(mended.contains("refused"), mended);

            server.terminate();
            supervisor.nextWith("STOPPING=1", "EXTEND_TIMEOUT_USEC=35000000", "STATUS=Draining: ");
            assertEquals(0, server.exitCode());
        }
    }

    @Test
    void itSaysWhyItDoesNotStart() throws Exception {
        Path file = Files.writeString(directory.resolve("proxy.yaml"), yaml() + "unknown: 1\n");
        Path notify = directory.resolve("notify");
        try (NotifyReceiver supervisor =
                        new NotifyReceiver(notify.toString(), Duration.ofSeconds(60));
                ServerProcess server =
                        ServerProcess.start(
                                directory,
                                Map.of("NOTIFY_SOCKET", notify.toString()),
                                "--config",
                                file.toString())) {
            assertEquals(
                    "STATUS=Not started: errors in the configuration: 1 in " + file,
                    supervisor.next());
            assertEquals(4, server.exitCode());
        }
    }

    @Test
    void aStormOfSignalsEndsNothing() throws Exception {
        Path file = Files.writeString(directory.resolve("proxy.yaml"), yaml());
        Path notify = directory.resolve("notify");
        try (NotifyReceiver supervisor =
                        new NotifyReceiver(notify.toString(), Duration.ofSeconds(60));
                ServerProcess server =
                        ServerProcess.start(
                                directory,
                                Map.of("NOTIFY_SOCKET", notify.toString()),
                                "--config",
                                file.toString())) {
            supervisor.nextWith("READY=1");
            String[] storm = new String[400];
            Arrays.fill(storm, "HUP");
            storm[7] = "PIPE";
            storm[70] = "USR1";
            storm[71] = "USR1";
            server.signal(storm);
            supervisor.nextWith("RELOADING=1");
            supervisor.nextWith("READY=1");
            assertTrue(server.alive());
            server.signal("TERM", "TERM", "INT");
            assertEquals(0, server.exitCode());
            long reloads = server.out().lines().filter(it -> it.contains("was read again")).count();
            assertTrue(reloads >= 1 && reloads < 400, reloads + " reloads");
            assertFalse(server.out().contains("\"level\":\"ERROR\""), server.out());
        }
    }

    private static String yaml() {
        return """
        server: {host: 127.0.0.1, port: 0, shutdown_grace_seconds: 20, tls: {enabled: false}}
        gemini: {api_keys: [{id: alpha, key: %s}]}
        auth: {jwt_secret: %s}
        admin: {port: 0}
        reload: {watch: false}
        """
                .formatted(keyOf("alpha"), ServerFixture.SECRET);
    }
}
