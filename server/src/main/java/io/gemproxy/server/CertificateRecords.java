package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.listener.certificates.ExpiryAlert;
import io.gemproxy.server.listener.certificates.ServedFile;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Tells what becomes of certificates: in the log, in the audit log, in counts. */
final class CertificateRecords {
    private static final System.Logger LOG = System.getLogger(CertificateRecords.class.getName());

    private final AuditLog audit;
    private final InstantSource clock;
    private final LongAdder served = new LongAdder();
    private final LongAdder refused = new LongAdder();

    CertificateRecords(AuditLog audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /** How often changed files were {@code served} or {@code refused}. */
    long count(String result) {
        return result.equals("served") ? served.sum() : refused.sum();
    }

    void served(String listener, ServerCertificates now) {
        served.increment();
        ServedFile main = now.served().getFirst();
        LOG.log(
                Level.INFO,
                "the {0} port serves other certificates now; the main one is valid until {1}",
                listener,
                main.certificate().end());
        record(
                AuditEvent.Type.CERTIFICATE_OBTAINED,
                "certificate.served",
                Result.SUCCESS,
                Map.of(
                        "listener",
                        listener,
                        "file",
                        main.files().certPath().toString(),
                        "valid_until",
                        main.certificate().end().toString()));
    }

    void refused(String listener, String why) {
        refused.increment();
        LOG.log(
                Level.ERROR,
                "the changed certificates of the {0} port are refused, and what was served still"
                        + " is: {1}",
                listener,
                why);
        record(
                AuditEvent.Type.CERTIFICATE_FAILED,
                "certificate.refused",
                Result.FAILURE,
                Map.of("listener", listener, "reason", why));
    }

    void expiring(ExpiryAlert alert) {
        LOG.log(
                alert.stage() == ExpiryAlert.Stage.HALF ? Level.WARNING : Level.ERROR,
                "the certificate in {0} {1}: {2}",
                alert.file(),
                alert.stage().words(),
                alert.end());
        record(
                AuditEvent.Type.CERTIFICATE_FAILED,
                "certificate.expiring",
                Result.FAILURE,
                Map.of(
                        "file",
                        alert.file().toString(),
                        "stage",
                        alert.stage().word(),
                        "valid_until",
                        alert.end().toString()));
    }

    private void record(
            AuditEvent.Type type, String action, Result result, Map<String, String> details) {
        audit.record(AuditEvent.of(type, clock.instant(), action, result, details));
    }
}
