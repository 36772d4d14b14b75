package io.gemproxy.server;

import io.gemproxy.server.admin.ConfigDesk;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.history.ConfigHistory;
import io.gemproxy.server.logging.ApplicationLog;
import io.gemproxy.server.reload.ConfigReloader;
import io.gemproxy.server.reload.ConfigVersions;
import io.gemproxy.server.reload.Prepared;
import io.gemproxy.server.reload.ReloadListener;
import io.gemproxy.server.reload.Reloadable;
import io.gemproxy.server.reload.Watching;
import io.gemproxy.server.reload.writing.ConfigViews;
import io.gemproxy.server.reload.writing.ConfigWriter;
import io.gemproxy.server.reload.writing.RunningConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/**
 * The configuration of a running server.
 *
 * @param reloader puts another one into effect
 * @param records tells of it
 * @param current the one that was loaded last; what needs a restart is in it too
 * @param running what is in effect, and what of it is not in the history
 * @param views compares it with what is on disk and what was
 * @param desk shows and changes it
 */
record Reloads(
        ConfigReloader reloader,
        ReloadRecords records,
        AtomicReference<GemproxyConfig> current,
        RunningConfig running,
        ConfigViews views,
        ConfigDesk desk) {
    /**
     * Opens it with what the server starts with.
     *
     * @param report is told of each reload
     * @throws IOException if {@code state.dir} cannot be used
     */
    static Reloads open(
            ServedConfig served,
            Proxying proxying,
            ApplicationLog log,
            AuditLog audit,
            ReloadListener report,
            Platform platform)
            throws IOException {
        AtomicReference<GemproxyConfig> current = new AtomicReference<>(served.config());
        ReloadRecords records = new ReloadRecords(audit);
        List<Reloadable> parts = new ArrayList<>(new Reconfiguration(proxying, log).parts());
        parts.add(
                Reloadable.of(
                        "server.shutdown_grace_seconds",
                        next -> Prepared.of(() -> current.set(next)),
                        "server.allow_plaintext",
                        "server.workers",
                        "admin.open_endpoints",
                        "admin.cors",
                        "admin.config_writes",
                        "reload"));
        ConfigHistory history = ConfigHistory.in(served.config().state().dir());
        RunningConfig running = new RunningConfig(history);
        ConfigVersions versions =
                KeptVersionKey.open(served.config().state().dir(), platform.random());
        ConfigReloader reloader =
                new ConfigReloader(
                        served.first(),
                        served.again(),
                        parts,
                        List.of(records, report),
                        List.of(running),
                        versions,
                        platform.clock());
        ConfigWriter writer =
                ConfigWriter.of(
                        served.request(), running, history, reloader, versions, platform.clock());
        ConfigViews views =
                ConfigViews.of(served.request(), running, history, versions, platform.clock());
        ConfigDesk desk =
                new FileConfigDesk(
                        writer, views, running, history, () -> current.get().reload().writes());
        return new Reloads(reloader, records, current, running, views, desk);
    }

    /**
     * Notices changes of the files from now on.
     *
     * @param elsewhere those that have a watch of their own
     */
    Watching watch(Predicate<Path> elsewhere) {
        return Watching.start(reloader, () -> current.get().reload().watch(), elsewhere);
    }
}
