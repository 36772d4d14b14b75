package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.listener.certificates.acme.AcmeFailure;
import io.gemproxy.server.listener.certificates.acme.OrderListener;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Records in the audit log how orders of certificates end. */
record OrderRecords(AuditLog audit, List<String> domains, InstantSource clock)
        implements OrderListener {
    private static final String ACTION = "certificate.order";

    @Override
    public void obtained(X509Certificate leaf, URI directory) {
        record(
                AuditEvent.Type.CERTIFICATE_OBTAINED,
                Result.SUCCESS,
                Map.of(
                        "names",
                        String.join(", ", domains),
                        "directory",
                        directory.toString(),
                        "serial",
                        leaf.getSerialNumber().toString(16),
                        "not_after",
                        leaf.getNotAfter().toInstant().toString()));
    }

    @Override
    public void failed(AcmeFailure why, URI directory, int failures, Instant next) {
        record(
                AuditEvent.Type.CERTIFICATE_FAILED,
                Result.FAILURE,
                Map.of(
                        "names",
                        String.join(", ", domains),
                        "directory",
                        directory.toString(),
                        "reason",
                        why.kind().word(),
                        "message",
                        why.said(),
                        "failures",
                        Integer.toString(failures),
                        "next_attempt",
                        next.toString()));
    }

    private void record(AuditEvent.Type type, Result result, Map<String, String> details) {
        audit.record(AuditEvent.of(type, clock.instant(), ACTION, result, details));
    }
}
