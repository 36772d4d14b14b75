package io.gemproxy.server.logging;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JournalStreamTest {
    @Test
    void aStreamIsTheJournalIfDeviceAndInodeSaySo() throws Exception {
        Path out = Path.of("/proc/self/fd/1");
        String named =
                Files.getAttribute(out, "unix:dev") + ":" + Files.getAttribute(out, "unix:ino");
        assertTrue(JournalStream.OUT.isJournal(Map.of("JOURNAL_STREAM", named)));
        assertFalse(JournalStream.OUT.isJournal(Map.of("JOURNAL_STREAM", named + "0")));
        assertFalse(JournalStream.OUT.isJournal(Map.of()));
    }
}
