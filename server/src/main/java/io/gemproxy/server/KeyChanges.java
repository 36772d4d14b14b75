package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.KeyStatus;
import io.gemproxy.server.exchange.Result;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Tells the operator that a key's state changed: a line in the log, a record in the audit. */
final class KeyChanges implements Consumer<KeyStatus> {
    private static final System.Logger LOG = System.getLogger(KeyChanges.class.getName());

    private final AuditLog audit;
    private final InstantSource clock;

    KeyChanges(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void accept(KeyStatus key) {
        boolean lost = key.state().equals("Invalid");
        LOG.log(
                lost ? Level.ERROR : Level.WARNING,
                "key "
                        + key.id()
                        + " is now "
                        + key.state()
                        + key.reason().map(reason -> " (" + reason + ")").orElse("")
                        + key.until().map(until -> " until " + until).orElse("")
                        + (lost
                                ? "; it is not used until a probe finds it well or it is enabled"
                                : ""));
        Map<String, String> details = new TreeMap<>();
        details.put("key_id", key.id().value());
        details.put("project", key.project().value());
        details.put("state", key.state());
        key.reason().ifPresent(reason -> details.put("reason", reason));
        key.until().ifPresent(until -> details.put("until", until.toString()));
        audit.record(
                AuditEvent.of(
                        AuditEvent.Type.KEY_STATE_CHANGED,
                        clock.instant(),
                        "key.state",
                        Result.SUCCESS,
                        details));
    }
}
