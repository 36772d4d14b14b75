package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.state.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notes of what was done while no server ran. */
final class OfflineActionsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir private Path directory;

    private DurableFile<OfflineAction.Untold> file() {
        return DurableFile.in(directory, "offline-actions.json", OfflineAction.Untold.class);
    }

    private void noted(int times, String action) throws IOException {
        OfflineAction one = new OfflineAction(action, NOW, "root", Map.of());
        file().replace(new OfflineAction.Untold(Collections.nCopies(times, one)));
    }

    @Test
    void nothingIsDoneThatCannotBeNotedForItsNumber() throws Exception {
        OfflineActions actions = new OfflineActions(directory, InstantSource.fixed(NOW));
        noted(OfflineActions.MOST - 1, OfflineActions.REVOKE);
        assertEquals("done", actions.noting(OfflineActions.REVOKE, "root", Map.of(), () -> "done"));
        boolean[] did = new boolean[1];
        IOException full =
                assertThrows(
                        IOException.class,
                        () ->
                                actions.noting(
                                        OfflineActions.REVOKE,
                                        "root",
                                        Map.of(),
                                        () -> did[0] = true));
        assertTrue(String.valueOf(full.getMessage()).contains("start the server"), full::toString);
        assertEquals(false, did[0]);
        assertEquals(OfflineActions.MOST, file().read().orElseThrow().actions().size());
    }
}
