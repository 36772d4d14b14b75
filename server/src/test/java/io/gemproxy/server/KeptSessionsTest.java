package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.authentication.sessions.Session;
import io.gemproxy.server.authentication.sessions.SessionList;
import io.gemproxy.server.state.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeptSessionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00.123456789Z");
    private static final SessionList ONE =
            new SessionList(
                    List.of(
                            new Session(
                                    "Yb0xw1bH3kq9LzRt",
                                    "admin",
                                    NOW,
                                    NOW.plusSeconds(5),
                                    NOW.plusSeconds(9),
                                    "127.0.0.1",
                                    null,
                                    "a",
                                    "b",
                                    null)));

    @TempDir private Path directory;

    @Test
    void whatIsKeptIsFoundAgain() throws IOException {
        file().replace(ONE);
        assertEquals(ONE, KeptSessions.kept(file()));
    }

    @Test
    void aFileThatIsDamagedOrNotThereLogsEverybodyOut() throws IOException {
        assertEquals(SessionList.EMPTY, KeptSessions.kept(file()));
        file().replace(ONE);
        Path kept = directory.resolve("sessions.json");
        Files.writeString(kept, Files.readString(kept).replace("127.0.0.1", "127.0.0.2"));
        assertEquals(SessionList.EMPTY, KeptSessions.kept(file()));
    }

    private DurableFile<SessionList> file() {
        return DurableFile.in(directory, "sessions.json", SessionList.class);
    }
}
