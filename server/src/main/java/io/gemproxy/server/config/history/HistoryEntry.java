package io.gemproxy.server.config.history;

import io.gemproxy.server.config.ConfigFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A configuration that came into effect.
 *
 * @param version of its files
 * @param at since when
 * @param trigger what asked for it, in one word
 * @param actor who
 * @param reason in the words of whoever asked, empty if there are none
 * @param files as they were read, which may hold secrets
 */
public record HistoryEntry(
        String version,
        Instant at,
        String trigger,
        String actor,
        String reason,
        List<StoredFile> files) {
    public HistoryEntry {
        files = List.copyOf(files);
    }

    /** The files, in the order of the configuration. */
    public List<ConfigFile> configFiles() {
        return files.stream().map(it -> new ConfigFile(Path.of(it.path()), it.bytes())).toList();
    }

    /**
     * One file, in the form in which it is kept.
     *
     * @param path absolute
     * @param bytes its whole content, which may hold secrets; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record StoredFile(String path, byte[] bytes) {
        static StoredFile of(ConfigFile file) {
            return new StoredFile(file.path().toString(), file.bytes());
        }

        /** Shows the content to nobody. */
        @Override
        public String toString() {
            return "StoredFile[" + path + "]";
        }
    }
}
