package io.gemproxy.server.config.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.edit.ConfigChange;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.state.DurableSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Every configuration that was in effect, the last 100 of them or 10 MB: byte for byte, with who,
 * when and why. In {@code state.dir/config-history}, for the owner alone, since the files may hold
 * secrets.
 */
public final class ConfigHistory {
    private static final String DIRECTORY = "config-history";
    private static final int MOST_VERSIONS = 100;
    private static final long MOST_BYTES = 10_000_000;

    private final DurableSeries<HistoryEntry> entries;

    private ConfigHistory(DurableSeries<HistoryEntry> entries) {
        this.entries = entries;
    }

    /** The history in a state directory; whoever adds to it holds that directory's lock. */
    public static ConfigHistory in(Path stateDirectory) {
        return new ConfigHistory(
                DurableSeries.in(
                        stateDirectory, DIRECTORY, HistoryEntry.class, MOST_VERSIONS, MOST_BYTES));
    }

    /**
     * Notes what is in effect now, unless the newest entry is the same: a restart is no new
     * configuration.
     *
     * @throws IOException if it is not certainly on disk
     */
    public synchronized void applied(
            String version,
            Instant at,
            String trigger,
            String actor,
            String reason,
            List<ConfigFile> files)
            throws IOException {
        List<Integer> numbers = entries.numbers();
        Optional<HistoryEntry> newest =
                numbers.isEmpty() ? Optional.empty() : entries.read(numbers.getLast());
        if (newest.filter(it -> it.version().equals(version)).isEmpty()) {
            entries.add(
                    new HistoryEntry(
                            version,
                            at,
                            trigger,
                            actor,
                            reason,
                            files.stream().map(HistoryEntry.StoredFile::of).toList()));
        }
    }

    /** All entries with what each changed, the newest first. */
    public List<HistoryLine> lines() throws IOException {
        List<HistoryLine> lines = new ArrayList<>();
        Optional<HistoryEntry> before = Optional.empty();
        for (Kept kept : kept()) {
            lines.add(kept.after(before));
            before = Optional.of(kept.entry());
        }
        return lines.reversed();
    }

    /** The newest entry of a version, with what it changed. */
    public Optional<HistoryLine> find(String version) throws IOException {
        List<Kept> all = kept();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).entry().version().equals(version)) {
                Optional<HistoryEntry> before =
                        i == 0 ? Optional.empty() : Optional.of(all.get(i - 1).entry());
                return Optional.of(all.get(i).after(before));
            }
        }
        return Optional.empty();
    }

    /** All that can be read, the oldest first; they are compared while others may add to them. */
    private synchronized List<Kept> kept() throws IOException {
        List<Kept> all = new ArrayList<>();
        for (int number : entries.numbers()) {
            entries.read(number).ifPresent(it -> all.add(new Kept(number, it)));
        }
        return all;
    }

    private record Kept(int number, HistoryEntry entry) {
        HistoryLine after(Optional<HistoryEntry> before) {
            return new HistoryLine(number, entry, changes(before, entry));
        }
    }

    private static List<ConfigChange> changes(Optional<HistoryEntry> before, HistoryEntry entry) {
        Optional<JsonNode> old = before.flatMap(it -> ConfigTree.of(it.configFiles()));
        Optional<JsonNode> now = ConfigTree.of(entry.configFiles());
        return old.isPresent() && now.isPresent()
                ? ConfigChange.between(old.get(), now.get())
                : List.of();
    }
}
