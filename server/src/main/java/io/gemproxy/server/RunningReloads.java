package io.gemproxy.server;

import io.gemproxy.server.admin.ConfigStatus;
import io.gemproxy.server.admin.FindingReport;
import io.gemproxy.server.admin.ReloadDesk;
import io.gemproxy.server.admin.ReloadReport;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.Place;
import io.gemproxy.server.reload.ConfigReloader;
import io.gemproxy.server.reload.FinishedReload;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import io.gemproxy.server.reload.ReloadStatus;
import io.gemproxy.server.reload.writing.ConfigViews;
import io.gemproxy.server.reload.writing.RunningConfig;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The running configuration in the words of the admin API. */
final class RunningReloads implements ReloadDesk {
    private final ConfigReloader reloader;
    private final RunningConfig running;
    private final ConfigViews views;

    RunningReloads(ConfigReloader reloader, RunningConfig running, ConfigViews views) {
        this.reloader = reloader;
        this.running = running;
        this.views = views;
    }

    @Override
    public ReloadReport reload(String actor) {
        FinishedReload finished =
                reloader.finish(new ReloadCause(ReloadCause.Trigger.API, actor, ""));
        return report(finished, reloader.status().applied().version().value());
    }

    @Override
    public ConfigStatus status() {
        ReloadStatus status = reloader.status();
        String version = status.applied().version().value();
        return new ConfigStatus(
                version,
                status.applied().at(),
                status.waiting(),
                status.applied().failed(),
                ConfigWords.disk(views.state()),
                running.unkept().stream().map(it -> it.version().value()).toList(),
                status.last().map(last -> report(last, version)));
    }

    /**
     * @param version in effect, where the reload gave none
     */
    private static ReloadReport report(FinishedReload reload, String version) {
        return switch (reload.outcome()) {
            case ReloadOutcome.Applied applied ->
                    report(
                            reload,
                            applied.version().value(),
                            applied.changed(),
                            applied.needRestart(),
                            List.of());
            case ReloadOutcome.Partial partial ->
                    report(
                            reload,
                            partial.version().value(),
                            partial.changed(),
                            partial.needRestart(),
                            partial.failures());
            case ReloadOutcome.Unchanged unchanged ->
                    report(reload, unchanged.version().value(), List.of(), List.of(), List.of());
            case ReloadOutcome.Rejected rejected ->
                    report(reload, version, List.of(), List.of(), rejected.findings());
        };
    }

    private static ReloadReport report(
            FinishedReload reload,
            String version,
            List<String> changed,
            List<String> needRestart,
            List<Finding> findings) {
        return new ReloadReport(
                reload.at(),
                reload.cause().trigger().name().toLowerCase(Locale.ROOT),
                reload.cause().actor(),
                reload.result(),
                version,
                changed,
                needRestart,
                findings.stream().map(RunningReloads::finding).toList());
    }

    private static FindingReport finding(Finding finding) {
        Place place = finding.place();
        boolean lines = place.line() > 0;
        return new FindingReport(
                finding.rule().code(),
                finding.severity().word(),
                place.source(),
                lines ? Optional.of(place.line()) : Optional.empty(),
                lines ? Optional.of(place.column()) : Optional.empty(),
                finding.key(),
                finding.what(),
                finding.fix());
    }
}
