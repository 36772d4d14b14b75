package io.gemproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages arrive at a real socket. */
final class NotifySocketIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir Path directory;

    @Test
    void reachesASocketByItsPathAndByItsAbstractName() throws Exception {
        for (String name :
                List.of(directory.resolve("notify").toString(), "@gemproxy-" + UUID.randomUUID())) {
            try (NotifyReceiver receiver = new NotifyReceiver(name, PATIENCE);
                    Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", name))) {
                supervisor.ready("Grüße");
                assertEquals("READY=1\nSTATUS=Grüße", receiver.next());
                long before = System.nanoTime() / 1_000;
                supervisor.reloading();
                String[] lines = receiver.next().split("\n", -1);
                assertEquals("RELOADING=1", lines[0]);
                // on Linux the JVM reads the same clock
                long said = Long.parseLong(lines[1].replace("MONOTONIC_USEC=", ""));
                assertTrue(said >= before && said <= System.nanoTime() / 1_000, lines[1]);
            }
        }
    }

    @Test
    void aSocketThatIsNotThereHurtsNobody() {
        String nowhere = directory.resolve("nowhere").toString();
        try (Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", nowhere))) {
            assertTrue(supervisor.listens());
            supervisor.ready("Serving");
            supervisor.alive();
        }
        try (Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", "vsock:2:1"))) {
            supervisor.ready("Serving");
            assertEquals(false, supervisor.listens());
        }
    }

    @Test
    void aNameThatDoesNotFitIsRefused() throws IOException {
        assertThrows(IOException.class, () -> NotifySocket.address("/" + "x".repeat(107)));
        assertEquals(2 + 108, NotifySocket.address("/" + "x".repeat(106)).length);
        assertEquals(2 + 2, NotifySocket.address("@x").length);
        assertEquals(0, NotifySocket.address("@x")[2]);
    }
}
