package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.config.edit.NotEditable;
import io.gemproxy.server.config.edit.Redaction;
import io.gemproxy.server.config.edit.YamlEditor;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.config.history.HistoryLine;
import io.gemproxy.server.reload.ConfigVersion;
import io.gemproxy.server.reload.ConfigVersions;
import io.gemproxy.server.reload.ReloadCause.Trigger;
import io.gemproxy.server.reload.Reloading;
import io.gemproxy.server.reload.writing.WriteOutcome.Refused;
import io.gemproxy.server.reload.writing.WriteOutcome.Why;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes the configuration on disk and has it put into effect; if that cannot be, the disk is as
 * it was. One change at a time.
 */
public final class ConfigWriter {
    private final ConfigDisk disk;
    private final RunningConfig running;
    private final ConfigHistory history;
    private final WrittenFiles files;
    private final Object oneAtATime = new Object();

    ConfigWriter(
            ConfigDisk disk, RunningConfig running, ConfigHistory history, WrittenFiles files) {
        this.disk = disk;
        this.running = running;
        this.history = history;
        this.files = files;
    }

    /**
     * Changes the files of a running server.
     *
     * @param request as the server was started with
     * @param running what is in effect, told by the same reloading
     * @param versions names what is on disk, as that does
     */
    public static ConfigWriter of(
            ConfigRequest request,
            RunningConfig running,
            ConfigHistory history,
            Reloading reloading,
            ConfigVersions versions,
            InstantSource clock) {
        ConfigDisk disk = new ConfigDisk(request, new ConfigLoader(clock), versions);
        return new ConfigWriter(disk, running, history, new WrittenFiles(disk, reloading, clock));
    }

    /** A change of the list of keys. */
    @FunctionalInterface
    public interface KeysChange {
        /**
         * The list as it is to be.
         *
         * @throws NotPossible if it cannot be so
         */
        JsonNode apply(JsonNode entries) throws NotPossible;
    }

    /**
     * Gives {@code proxy.yaml} the values of a text; a mask stands for what is stored.
     *
     * @param body YAML or JSON
     * @param condition whether what is on disk is what the author has seen
     */
    public WriteOutcome put(byte[] body, Author author, Predicate<ConfigVersion> condition) {
        return changing(
                condition,
                now -> {
                    ConfigTree sent = ConfigTree.read("body", body);
                    if (sent.values().isEmpty()) {
                        return new WriteOutcome.Invalid(sent.findings());
                    }
                    if (!sent.values().get().isObject()) {
                        throw new NotPossible(
                                Why.MALFORMED, "The body must be sections with keys.");
                    }
                    JsonNode stored = now.values().orElseGet(JsonNodeFactory.instance::objectNode);
                    JsonNode wanted = restored(sent.values().get(), stored, "");
                    ConfigFile next = edited(now.main(), wanted);
                    return judged(next)
                            .orElseGet(() ->
                                    files.write(now, List.of(next), author.cause(Trigger.WRITE)));
                });
    }

    /** Changes the list of keys, in the file in which it is. */
    public WriteOutcome changeKeys(
            KeysChange change, Author author, Predicate<ConfigVersion> condition) {
        return changing(
                condition,
                now -> {
                    KeyList list = KeyList.of(now);
                    JsonNode wanted = change.apply(list.entries());
                    KeyList next = list.with(restored(wanted, list.entries(), KeyList.PLACE));
                    Optional<WriteOutcome> unfit =
                            disk.keysFileIsNamedElsewhere(now.main())
                                    ? Optional.empty()
                                    : judged(next.inline(now))
                                            .map(it -> next.placed(it, disk::name));
                    return unfit.orElseGet(() ->
                            files.write(now, List.of(next.file()), author.cause(Trigger.WRITE)));
                });
    }

    /** Puts the files of an earlier version back, byte for byte. */
    public WriteOutcome rollback(
            String version, Author author, Predicate<ConfigVersion> condition) {
        return changing(
                condition,
                now -> {
                    HistoryLine line =
                            history.find(version)
                                    .orElseThrow(() ->
                                            new NotPossible(
                                                    Why.MISSING, ConfigViews.NO_SUCH_VERSION));
                    List<ConfigFile> old = line.entry().configFiles();
                    List<ConfigFile> next = new ArrayList<>(old.subList(1, old.size()));
                    next.add(new ConfigFile(now.main().path(), old.getFirst().bytes()));
                    WriteOutcome outcome = files.write(now, next, author.cause(Trigger.ROLLBACK));
                    return outcome instanceof WriteOutcome.Written written
                            ? new WriteOutcome.RolledBack(
                                    written, disk.names(paths(next.reversed())), others())
                            : outcome;
                });
    }

    private static List<Path> paths(List<ConfigFile> files) {
        return files.stream().map(ConfigFile::path).toList();
    }

    /** What the configuration in effect names and no version holds. */
    private List<String> others() {
        return disk.names(
                running.now().stream()
                        .flatMap(it -> it.others().stream())
                        .filter(Files::exists)
                        .toList());
    }

    /** What is said where the configuration must not be written. */
    public static WriteOutcome forbidden() {
        return new Refused(Why.FORBIDDEN, WrittenFiles.HOW_TO_ALLOW);
    }

    private WriteOutcome changing(Predicate<ConfigVersion> condition, Change change) {
        synchronized (oneAtATime) {
            try {
                DiskConfig now = disk.read(running.mainFile());
                return condition.test(now.version())
                        ? change.make(now)
                        : new WriteOutcome.Stale(now.version());
            } catch (NotPossible refused) {
                return new Refused(refused.why(), refused.detail());
            } catch (NotEditable unreadable) {
                return new Refused(
                        Why.MALFORMED, "The body cannot be read: " + unreadable.getMessage() + ".");
            } catch (IOException failed) {
                return WrittenFiles.refused(failed);
            }
        }
    }

    private Optional<WriteOutcome> judged(ConfigFile main) {
        return switch (disk.judge(main)) {
            case ConfigResult.InvalidConfig invalid ->
                    Optional.of(new WriteOutcome.Invalid(invalid.findings()));
            case ConfigResult.LoadedConfig _ -> Optional.empty();
        };
    }

    /** The values with what is stored in the place of each mask. */
    static JsonNode restored(JsonNode sent, JsonNode stored, String place) throws NotPossible {
        List<String> unknown = new ArrayList<>();
        JsonNode restored = Redaction.restore(sent, stored, place, unknown);
        if (!unknown.isEmpty()) {
            throw new NotPossible(
                    Why.MALFORMED,
                    "A mask stands for nothing that is stored; give the value of "
                            + String.join(", ", unknown)
                            + ".");
        }
        return restored;
    }

    static ConfigFile edited(ConfigFile file, JsonNode wanted) throws NotEditable {
        return edited(file.path(), DiskConfig.text(file), wanted);
    }

    static ConfigFile edited(Path path, String text, JsonNode wanted) throws NotEditable {
        return new ConfigFile(path, YamlEditor.edit(text, wanted).getBytes(StandardCharsets.UTF_8));
    }

    /** Makes a change to what is on disk. */
    @FunctionalInterface
    private interface Change {
        WriteOutcome make(DiskConfig now) throws IOException, NotPossible, NotEditable;
    }
}
