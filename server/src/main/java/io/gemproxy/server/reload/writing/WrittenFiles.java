package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import io.gemproxy.server.reload.Reloading;
import io.gemproxy.server.reload.writing.WriteOutcome.Refused;
import io.gemproxy.server.reload.writing.WriteOutcome.Why;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

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
        try {
            List<ConfigFile> before = new ArrayList<>();
            List<ConfigFile> after = new ArrayList<>();
            for (ConfigFile file : wanted) {
                ConfigFile old = new ConfigFile(file.path(), Files.readAllBytes(file.path()));
                if (!Arrays.equals(old.bytes(), file.bytes())) {
                    before.add(old);
                    after.add(file);
                }
            }
            return after.isEmpty()
                    ? new WriteOutcome.Written(now.version(), List.of(), List.of(), List.of())
                    : replaced(now.main().path(), before, after, cause);
        } catch (IOException failed) {
            return refused(failed);
        }
    }

    private WriteOutcome replaced(
            Path main, List<ConfigFile> before, List<ConfigFile> after, ReloadCause cause)
            throws IOException {
        List<Path> backups = new ArrayList<>();
        for (ConfigFile file : before) {
            backups.add(FileReplacement.backup(file.path(), file.bytes(), clock.instant()));
        }
        try {
            putAll(after);
        } catch (IOException failed) {
            putAll(before);
            throw failed;
        }
        return switch (reloading.reload(cause)) {
            case ReloadOutcome.Applied it -> written(main, it.changed(), it.needRestart(), backups);
            case ReloadOutcome.Unchanged _ -> written(main, List.of(), List.of(), backups);
            case ReloadOutcome.Rejected rejected -> {
                putAll(before);
                yield new WriteOutcome.Invalid(rejected.findings());
            }
        };
    }

    private WriteOutcome written(
            Path main, List<String> changed, List<String> needRestart, List<Path> backups)
            throws IOException {
        return new WriteOutcome.Written(
                disk.read(main).version(), changed, needRestart, disk.names(backups));
    }

    private static void putAll(List<ConfigFile> files) throws IOException {
        for (ConfigFile file : files) {
            FileReplacement.replace(file.path(), file.bytes());
        }
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
