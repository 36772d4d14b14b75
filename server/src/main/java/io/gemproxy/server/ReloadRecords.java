package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Severity;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.reload.ConfigVersion;
import io.gemproxy.server.reload.FinishedReload;
import io.gemproxy.server.reload.ReloadListener;
import io.gemproxy.server.reload.ReloadOutcome;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Tells what became of reloads: in the log, in the audit log, in a count. */
final class ReloadRecords implements ReloadListener {
    private static final System.Logger LOG = System.getLogger(ReloadRecords.class.getName());

    /** More of a list in one record would help nobody. */
    private static final int MOST = 50;

    private final AuditLog audit;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    ReloadRecords(AuditLog audit) {
        this.audit = audit;
    }

    /** How many reloads had that result. */
    long count(String result) {
        LongAdder count = counts.get(result);
        return count == null ? 0 : count.sum();
    }

    @Override
    public void reloaded(FinishedReload reload) {
        counts.computeIfAbsent(reload.result(), _ -> new LongAdder()).increment();
        switch (reload.outcome()) {
            case ReloadOutcome.Applied applied -> applied(reload, applied);
            case ReloadOutcome.Partial partial -> partial(reload, partial);
            case ReloadOutcome.Unchanged _ ->
                    LOG.log(Level.INFO, "the configuration was read again; nothing has changed");
            case ReloadOutcome.Rejected rejected -> rejected(reload, rejected.findings());
        }
    }

    private void applied(FinishedReload reload, ReloadOutcome.Applied applied) {
        Map<String, String> details =
                inEffect(reload, applied.version(), applied.changed(), applied.needRestart());
        record(AuditEvent.Type.CONFIG_RELOADED, Result.SUCCESS, reload, details);
    }

    private void partial(FinishedReload reload, ReloadOutcome.Partial partial) {
        Map<String, String> details =
                inEffect(reload, partial.version(), partial.changed(), partial.needRestart());
        LOG.log(
                Level.ERROR,
                "the configuration is in effect only in part: reload once more, or restart");
        told(partial.failures(), details);
        record(AuditEvent.Type.CONFIG_RELOADED, Result.FAILURE, reload, details);
    }

    private static Map<String, String> inEffect(
            FinishedReload reload,
            ConfigVersion version,
            List<String> changed,
            List<String> needRestart) {
        LOG.log(
                Level.INFO,
                "the configuration is " + version + " now; changed: " + orNothing(changed));
        if (!needRestart.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    "these settings wait for the next start: " + listed(needRestart));
        }
        Map<String, String> details = details(reload);
        details.put("version", version.value());
        details.put("changed", listed(changed));
        details.put("need_restart", listed(needRestart));
        return details;
    }

    private static void told(List<Finding> findings, Map<String, String> details) {
        findings.stream()
                .filter(ReloadRecords::isError)
                .limit(MOST)
                .forEach(it -> LOG.log(Level.ERROR, ConfigText.lines(it).getFirst()));
        details.put(
                "findings",
                listed(
                        findings.stream()
                                .filter(ReloadRecords::isError)
                                .map(it -> (it.rule().code() + " " + it.key()).strip())
                                .toList()));
    }

    private void rejected(FinishedReload reload, List<Finding> findings) {
        LOG.log(Level.ERROR, "the configuration is refused; what ran before runs on");
        Map<String, String> details = details(reload);
        told(findings, details);
        record(AuditEvent.Type.CONFIG_REJECTED, Result.FAILURE, reload, details);
    }

    private void record(
            AuditEvent.Type type,
            Result result,
            FinishedReload reload,
            Map<String, String> details) {
        audit.record(
                new AuditEvent(
                        type,
                        reload.at().plus(reload.took()),
                        "config.reload",
                        result,
                        Optional.of(reload.cause().actor()),
                        Optional.empty(),
                        Optional.empty(),
                        details,
                        Optional.empty(),
                        Optional.of(reload.took())));
    }

    private static Map<String, String> details(FinishedReload reload) {
        Map<String, String> details = new TreeMap<>();
        details.put("trigger", reload.cause().trigger().name().toLowerCase(Locale.ROOT));
        Optional.of(reload.cause().reason())
                .filter(Predicate.not(String::isEmpty))
                .ifPresent(reason -> details.put("reason", reason));
        return details;
    }

    private static boolean isError(Finding finding) {
        return finding.severity() == Severity.ERROR;
    }

    private static String orNothing(List<String> paths) {
        return paths.isEmpty() ? "nothing that matters" : listed(paths);
    }

    private static String listed(List<String> items) {
        String shown = String.join(", ", items.subList(0, Math.min(MOST, items.size())));
        return items.size() <= MOST ? shown : shown + " and " + (items.size() - MOST) + " more";
    }
}
