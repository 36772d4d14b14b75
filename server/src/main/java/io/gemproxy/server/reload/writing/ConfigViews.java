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
import java.util.Arrays;
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
     * What stands on disk.
     *
     * @throws NotPossible if that is no YAML
     * @throws IOException if it cannot be read
     */
    public StoredView onDisk() throws IOException, NotPossible {
        DiskConfig now = disk.read(running.mainFile());
        JsonNode values = now.values().orElseThrow(() -> illegible(new Side.OnDisk()));
        return new StoredView(now.version(), masked(values));
    }

    /**
     * What a server would say to what stands on disk, and what of it does not run.
     *
     * @param against with what it is compared
     * @throws NotPossible if there is no such other configuration, or it cannot be read
     * @throws IOException if the disk cannot be read
     */
    public ConfigView read(Side against) throws IOException, NotPossible {
        DiskConfig now = disk.read(running.mainFile());
        return view(now, disk.judge(now.main()).findings(), against);
    }

    /** What a server would say to a text, and what it would change; nothing is written. */
    public ConfigView judge(byte[] body, Side against) throws IOException, NotPossible {
        DiskConfig now = disk.read(running.mainFile());
        try {
            ConfigTree sent = ConfigTree.read("body", body);
            if (sent.values().isEmpty()) {
                return new ConfigView(sent.findings(), List.of());
            }
            JsonNode stored = now.values().orElseGet(JsonNodeFactory.instance::objectNode);
            JsonNode wanted = ConfigWriter.restored(sent.values().get(), stored, "");
            ConfigFile next = ConfigWriter.edited(now.main(), wanted);
            return view(disk.with(next), disk.judge(next).findings(), against);
        } catch (NotEditable unreadable) {
            throw new NotPossible(
                    Why.MALFORMED, "The body cannot be read: " + unreadable.getMessage() + ".");
        }
    }

    /** What itself cannot be read is compared with nothing; the findings say so. */
    private ConfigView view(DiskConfig config, List<Finding> findings, Side against)
            throws IOException, NotPossible {
        JsonNode old = legible(against);
        return new ConfigView(
                findings, config.whole().map(it -> between(old, it)).orElse(List.of()));
    }

    /**
     * What differs from one configuration to another.
     *
     * @throws NotPossible if there is no such version, or one of the two cannot be read
     * @throws IOException if the disk cannot be read
     */
    public List<ConfigChange> changes(Side before, Side after) throws IOException, NotPossible {
        return between(legible(before), legible(after));
    }

    private List<ConfigChange> between(JsonNode before, JsonNode after) {
        return ConfigChange.between(before, after, secrets());
    }

    private JsonNode masked(JsonNode values) {
        return Redaction.mask(values, secrets());
    }

    /** The secrets in use are shown nowhere, whatever they are called there. */
    private JsonNode[] secrets() {
        return running.values().stream().toArray(JsonNode[]::new);
    }

    private JsonNode legible(Side side) throws IOException, NotPossible {
        Optional<JsonNode> values =
                switch (side) {
                    case Side.Running _ -> running.values();
                    case Side.OnDisk _ -> disk.read(running.mainFile()).whole();
                    case Side.Kept kept -> ConfigTree.of(line(kept).entry().configFiles());
                };
        return values.orElseThrow(() -> illegible(side));
    }

    private static NotPossible illegible(Side side) {
        String detail =
                switch (side) {
                    case Side.Running _ -> "What runs cannot be compared.";
                    case Side.OnDisk _ ->
                            "What stands on the server's disk cannot be read: it is no YAML, or too"
                                    + " large. GET /api/config/diff says where and why.";
                    case Side.Kept kept -> "Version " + kept.version() + " cannot be compared.";
                };
        return new NotPossible(Why.CONFLICT, detail);
    }

    /**
     * The values of a version of the history, with secrets masked; empty if they cannot be read.
     */
    public JsonNode values(HistoryLine line) {
        return masked(
                ConfigTree.of(line.entry().configFiles())
                        .orElseGet(JsonNodeFactory.instance::objectNode));
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
        return new RunningView(standing.config(), Redaction.mask(values));
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
                .map(ConfigViews::state)
                .orElse(DiskState.SAME);
    }

    /** Parses nothing: where the first file is the same, it names the others as it did. */
    private static DiskState state(AppliedConfig applied) {
        try {
            Instant last = applied.at();
            boolean same = true;
            for (ConfigFile file : applied.files()) {
                same &= Arrays.equals(file.bytes(), ConfigDisk.file(file.path()).bytes());
                Instant written = Files.getLastModifiedTime(file.path()).toInstant();
                last = written.isAfter(last) ? written : last;
            }
            return same
                    ? DiskState.SAME
                    : new DiskState(DiskState.State.DIFFERS, Optional.of(last));
        } catch (IOException gone) {
            return new DiskState(DiskState.State.UNREADABLE, Optional.empty());
        }
    }
}
