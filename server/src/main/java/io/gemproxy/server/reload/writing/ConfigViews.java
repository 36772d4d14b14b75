package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.edit.ConfigChange;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.config.edit.NotEditable;
import io.gemproxy.server.config.edit.Redaction;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.config.history.HistoryLine;
import io.gemproxy.server.reload.AppliedConfig;
import io.gemproxy.server.reload.ConfigVersion;
import io.gemproxy.server.reload.ConfigVersions;
import io.gemproxy.server.reload.writing.WriteOutcome.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The configuration that runs, the one on disk, and those that were, each with what another one
 * differs in. Shows no secret and changes nothing.
 */
public final class ConfigViews {
    /** What is said where a version is named that is not there. */
    static final String NO_SUCH_VERSION =
            "The history has no such version, or none any more: it keeps the last 100, or 10 MB. GET"
                    + " /api/config/history names them.";

    private final ConfigDisk disk;
    private final RunningConfig running;
    private final ConfigHistory history;

    ConfigViews(ConfigDisk disk, RunningConfig running, ConfigHistory history) {
        this.disk = disk;
        this.running = running;
        this.history = history;
    }

    /**
     * Reads the files of a running server.
     *
     * @param request as the server was started with
     * @param versions names what is on disk, as its reloads do
     */
    public static ConfigViews of(
            ConfigRequest request,
            RunningConfig running,
            ConfigHistory history,
            ConfigVersions versions,
            InstantSource clock) {
        return new ConfigViews(
                new ConfigDisk(request, new ConfigLoader(clock), versions), running, history);
    }

    /**
     * What stands on disk, with what a reload would change.
     *
     * @throws IOException if it cannot be read
     */
    public ConfigView onDisk() throws IOException {
        DiskConfig now = disk.read(running.mainFile());
        return view(now, disk.judge(now.main()).findings(), running.values());
    }

    /**
     * The same, compared with another configuration.
     *
     * @param against with what it is compared
     * @throws NotPossible if there is no such other configuration
     * @throws IOException if it cannot be read
     */
    public ConfigView read(Side against) throws IOException, NotPossible {
        DiskConfig now = disk.read(running.mainFile());
        return view(now, disk.judge(now.main()).findings(), values(against));
    }

    /** What a server would say to a text, and what it would change; nothing is written. */
    public ConfigView judge(byte[] body, Side against) throws IOException, NotPossible {
        DiskConfig now = disk.read(running.mainFile());
        try {
            ConfigTree sent = ConfigTree.read("body", body);
            if (sent.values().isEmpty()) {
                return new ConfigView(
                        now.version(),
                        JsonNodeFactory.instance.objectNode(),
                        sent.findings(),
                        List.of());
            }
            JsonNode stored = now.values().orElseGet(JsonNodeFactory.instance::objectNode);
            JsonNode wanted = ConfigWriter.restored(sent.values().get(), stored, "");
            ConfigFile next = ConfigWriter.edited(now.main(), wanted);
            return view(disk.with(next), disk.judge(next).findings(), values(against));
        } catch (NotEditable unreadable) {
            throw new NotPossible(
                    Why.MALFORMED, "The body cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    private static ConfigView view(
            DiskConfig config, List<Finding> findings, Optional<JsonNode> old) {
        JsonNode values = config.values().orElseGet(JsonNodeFactory.instance::objectNode);
        List<ConfigChange> changes =
                old.flatMap(it -> config.whole().map(now -> ConfigChange.between(it, now)))
                        .orElse(List.of());
        return new ConfigView(config.version(), Redaction.mask(values, ""), findings, changes);
    }

    /**
     * What differs from one configuration to another.
     *
     * @throws NotPossible if there is no such version, or the disk holds what cannot be read
     * @throws IOException if the disk cannot be read
     */
    public List<ConfigChange> changes(Side before, Side after) throws IOException, NotPossible {
        return ConfigChange.between(legible(before), legible(after));
    }

    private JsonNode legible(Side side) throws IOException, NotPossible {
        return values(side)
                .orElseThrow(() ->
                        new NotPossible(
                                Why.CONFLICT,
                                "One of the two cannot be read; POST /api/config/validate says"
                                        + " what is wrong with a text."));
    }

    /** Empty if it cannot be read, or nothing runs yet. */
    private Optional<JsonNode> values(Side side) throws IOException, NotPossible {
        return switch (side) {
            case Side.Running _ -> running.values();
            case Side.OnDisk _ -> disk.read(running.mainFile()).whole();
            case Side.Kept kept -> ConfigTree.of(line(kept).entry().configFiles());
        };
    }

    private HistoryLine line(Side.Kept kept) throws IOException, NotPossible {
        return history.find(kept.version())
                .orElseThrow(() -> new NotPossible(Why.MISSING, NO_SUCH_VERSION));
    }

    /**
     * What is in effect. Values of the environment and {@code --set} are not among it.
     *
     * @throws IOException if the server runs without a file
     */
    public RunningView running() throws IOException {
        RunningConfig.Standing standing = running.inFile();
        JsonNode values = standing.values().orElseGet(JsonNodeFactory.instance::objectNode);
        return new RunningView(standing.config(), Redaction.mask(values, ""));
    }

    /**
     * The version of what stands on disk.
     *
     * @throws IOException if it cannot be read
     */
    public ConfigVersion version() throws IOException {
        return disk.read(running.mainFile()).version();
    }

    /** Whether that is what was put into effect; it always is where there is no file. */
    public DiskState state() {
        return running.now()
                .filter(it -> !it.files().isEmpty())
                .map(this::state)
                .orElse(DiskState.SAME);
    }

    private DiskState state(AppliedConfig applied) {
        try {
            DiskConfig now = disk.read(applied.files().getFirst().path());
            return now.version().equals(applied.version())
                    ? DiskState.SAME
                    : new DiskState(DiskState.State.DIFFERS, Optional.of(changed(now, applied)));
        } catch (IOException gone) {
            return new DiskState(DiskState.State.UNREADABLE, Optional.empty());
        }
    }

    /** When the last of the files was written, but not before it was read and put into effect. */
    private static Instant changed(DiskConfig now, AppliedConfig applied) throws IOException {
        Instant last = applied.at();
        for (ConfigFile file : now.files()) {
            Instant written = Files.getLastModifiedTime(file.path()).toInstant();
            last = written.isAfter(last) ? written : last;
        }
        return last;
    }
}
