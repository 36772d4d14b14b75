package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import io.gemproxy.server.reload.Reloading;
import io.gemproxy.server.reload.writing.WriteOutcome.Refused;
import io.gemproxy.server.reload.writing.WriteOutcome.Why;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes the files of a configuration, has them put into effect, and takes them back if not. */
final class WrittenFiles {
    /** Told wherever this installation does not let its configuration be written. */
    public static final String HOW_TO_ALLOW =
            "This installation does not let the admin API write its configuration. Edit the file on"
                    + " the machine, or allow it with the drop-in"
                    + " /etc/systemd/system/gemproxy.service.d/config-writes.conf (an example ships"
                    + " as systemd/config-writes.conf) and admin.config_writes: true.";

    private static final System.Logger LOG = System.getLogger(WrittenFiles.class.getName());

    private final ConfigDisk disk;
    private final Reloading reloading;
    private final InstantSource clock;

    WrittenFiles(ConfigDisk disk, Reloading reloading, InstantSource clock) {
        this.disk = disk;
        this.reloading = reloading;
        this.clock = clock;
    }

    /** Writes what differs from what is on disk, in this order. */
    WriteOutcome write(DiskConfig now, List<ConfigFile> wanted, ReloadCause cause) {
        return reloading.undisturbed(() -> writeAlone(now, wanted, cause));
    }

    private WriteOutcome writeAlone(DiskConfig now, List<ConfigFile> wanted, ReloadCause cause) {
        try {
            DiskConfig still = disk.read(now.main().path());
            if (!still.version().equals(now.version())) {
                return new WriteOutcome.Stale(still.version());
            }
            FileChanges changes = FileChanges.to(wanted);
            return changes.isEmpty()
                    ? new WriteOutcome.Written(now.version(), List.of(), List.of(), List.of())
                    : replaced(now.main().path(), changes, cause);
        } catch (IOException failed) {
            return refused(failed);
        }
    }

    private WriteOutcome replaced(Path main, FileChanges changes, ReloadCause cause)
            throws IOException {
        List<Path> backups = changes.backUp(clock.instant());
        try {
            changes.make();
        } catch (IOException failed) {
            return takenBack(changes, backups).orElseGet(() -> refused(failed));
        }
        return switch (reload(cause, changes, backups)) {
            case ReloadOutcome.Applied it -> written(main, it.changed(), it.needRestart(), backups);
            case ReloadOutcome.Partial it -> new Refused(Why.PARTLY, inDoubt(it.failures()));
            case ReloadOutcome.Unchanged _ -> written(main, List.of(), List.of(), backups);
            case ReloadOutcome.Rejected rejected ->
                    takenBack(changes, backups)
                            .orElseGet(() -> new WriteOutcome.Invalid(rejected.findings()));
        };
    }

    private static String inDoubt(List<Finding> failures) {
        return "The change is on disk and in effect, but for parts of the server that could not take"
                + " over: "
                + failures.stream().map(Finding::key).collect(Collectors.joining(", "))
                + ". The log says why. Reload once more, or restart the server.";
    }

    private ReloadOutcome reload(ReloadCause cause, FileChanges changes, List<Path> backups) {
        try {
            return reloading.reload(cause);
        } catch (RuntimeException bug) {
            var _ = takenBack(changes, backups);
            throw bug;
        }
    }

    /** Empty if the disk is as it was, else what to say. */
    private Optional<WriteOutcome> takenBack(FileChanges changes, List<Path> backups) {
        try {
            changes.takeBack();
            return Optional.empty();
        } catch (IOException failed) {
            String kept = String.join(", ", disk.names(backups));
            LOG.log(
                    Level.ERROR,
                    "a refused configuration is on disk; before it was " + kept,
                    failed);
            return Optional.of(
                    new Refused(
                            Why.UNSAVED,
                            "The change did not come into effect, but the file could not be put"
                                    + " back; the log says why. Put it back on the machine before"
                                    + " the next start, from "
                                    + kept
                                    + "."));
        }
    }

    private WriteOutcome written(
            Path main, List<String> changed, List<String> needRestart, List<Path> backups)
            throws IOException {
        return new WriteOutcome.Written(
                disk.read(main).version(), changed, needRestart, disk.names(backups));
    }

    /** What a failing disk is called; a way that is barred on purpose is no failure. */
    static Refused refused(IOException failed) {
        boolean barred =
                failed instanceof AccessDeniedException
                        || (failed instanceof FileSystemException file
                                && String.valueOf(file.getReason())
                                        .toLowerCase(Locale.ROOT)
                                        .matches(".*(read-only|not permitted).*"));
        if (barred) {
            return new Refused(Why.FORBIDDEN, HOW_TO_ALLOW);
        }
        LOG.log(Level.ERROR, "the configuration could not be changed", failed);
        return new Refused(
                Why.UNSAVED,
                "The configuration cannot be read or written; the log says why. Nothing was"
                        + " changed.");
    }
}
