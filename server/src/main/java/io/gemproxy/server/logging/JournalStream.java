package io.gemproxy.server.logging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The standard streams that go to the journal, which reads priorities from them (sd-daemon(3)). */
public enum JournalStream {
    OUT(Path.of("/proc/self/fd/1")),
    ERR(Path.of("/proc/self/fd/2"));

    private final Path descriptor;

    JournalStream(Path descriptor) {
        this.descriptor = descriptor;
    }

    /** Whether this stream is the one that {@code JOURNAL_STREAM} names by device and inode. */
    public boolean isJournal(Map<String, String> environment) {
        String named = environment.getOrDefault("JOURNAL_STREAM", "");
        try {
            return !named.isEmpty()
                    && named.equals(
                            Files.getAttribute(descriptor, "unix:dev")
                                    + ":"
                                    + Files.getAttribute(descriptor, "unix:ino"));
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }
}
