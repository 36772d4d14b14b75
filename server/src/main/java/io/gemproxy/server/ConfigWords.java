package io.gemproxy.server;

import io.gemproxy.server.admin.ConfigDesk;
import io.gemproxy.server.admin.ConfigOutcome;
import io.gemproxy.server.admin.DiskStatus;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.Finding;
import io.gemproxy.server.config.edit.ConfigChange;
import io.gemproxy.server.reload.writing.DiskState;
import io.gemproxy.server.reload.writing.NotPossible;
import io.gemproxy.server.reload.writing.WriteOutcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is said of the configuration, in the words of the admin API. */
final class ConfigWords {
    private ConfigWords() {}

    /** As {@code validate} has it, with null for what is not known. */
    static Map<String, Object> finding(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>(ConfigText.fields(finding));
        for (String name : List.of("cwe", "line", "column")) {
            fields.putIfAbsent(name, null);
        }
        return fields;
    }

    static ConfigDesk.Change change(ConfigChange change) {
        return new ConfigDesk.Change(
                change.path(),
                change.before(),
                change.after(),
                change.waits() ? "restart" : "reload");
    }

    static DiskStatus disk(DiskState disk) {
        return new DiskStatus(disk.state().name().toLowerCase(Locale.ROOT), disk.since());
    }

    static ConfigDesk.Unanswerable unanswerable(NotPossible unclear) {
        return new ConfigDesk.Unanswerable(
                ConfigOutcome.Why.valueOf(unclear.why().name()), unclear.detail());
    }

    static ConfigOutcome outcome(WriteOutcome outcome) {
        return switch (outcome) {
            case WriteOutcome.Written it ->
                    new ConfigOutcome.Done(
                            it.version().value(), it.changed(), it.needRestart(), it.backups());
            case WriteOutcome.RolledBack it -> rolledBack(it.written(), it);
            case WriteOutcome.Stale it -> new ConfigOutcome.Stale(it.now().value());
            case WriteOutcome.Invalid it ->
                    new ConfigOutcome.Invalid(
                            it.findings().stream().map(ConfigWords::finding).toList());
            case WriteOutcome.Refused it ->
                    new ConfigOutcome.Refused(
                            ConfigOutcome.Why.valueOf(it.why().name()), it.detail());
        };
    }

    private static ConfigOutcome rolledBack(
            WriteOutcome.Written written, WriteOutcome.RolledBack back) {
        return new ConfigOutcome.RolledBack(
                written.version().value(),
                written.changed(),
                written.needRestart(),
                written.backups(),
                back.restored(),
                back.notRestored());
    }
}
