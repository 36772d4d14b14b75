package io.gemproxy.server.admin;

import io.gemproxy.server.admin.Endpoint.Call;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.exchange.Result;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes {@code AdminLogin} records: who logged in or tried to. */
final class LoginRecords {
    private final Consumer<AuditEvent> audit;
    private final InstantSource clock;

    LoginRecords(Consumer<AuditEvent> audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param details never a password or token
     */
    void write(Call call, String action, Result result, Map<String, String> details) {
        audit.accept(
                new AuditEvent(
                        AuditEvent.Type.ADMIN_LOGIN,
                        clock.instant(),
                        action,
                        result,
                        Optional.of(AdminSessions.ACCOUNT),
                        Optional.of(call.id()),
                        Optional.of(call.request().remotePeer().host()),
                        details));
    }
}
