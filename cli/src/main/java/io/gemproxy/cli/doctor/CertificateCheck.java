package io.gemproxy.cli.doctor;

import io.gemproxy.cli.output.Humane;
import io.gemproxy.server.listener.certificates.PemFiles;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Whether the ports have a certificate, its key, and time left. */
final class CertificateCheck implements Check {
    private static final Duration SOON = Duration.ofDays(14);
    private static final String RENEW =
            "put a new pair in its place, or: gemproxy-cli cert self-signed --force --out DIR;"
                    + " then restart";

    private final InstantSource clock;
    private final SecureRandom random;

    CertificateCheck(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public Diagnosis look(Patient patient) {
        TlsConfig proxy = patient.config().server().tls();
        TlsConfig admin = patient.config().adminTls();
        if (!proxy.enabled() && !admin.enabled()) {
            return Diagnosis.skipped(name(), "server.tls.enabled and admin.tls.enabled are false");
        }
        if (!admin.enabled() || admin.sharesFilesOf(proxy)) {
            return look(proxy);
        }
        Diagnosis ofAdmin = look(admin).of("of the admin port: ");
        return proxy.enabled() ? worse(look(proxy), ofAdmin) : ofAdmin;
    }

    private static Diagnosis worse(Diagnosis one, Diagnosis other) {
        return one.verdict().compareTo(other.verdict()) >= 0 ? one : other;
    }

    private Diagnosis look(TlsConfig tls) {
        if (!Files.exists(tls.certPath()) && !Files.exists(tls.keyPath())) {
            return Diagnosis.ok(name(), "none yet; the server makes a self-signed one");
        }
        try {
            return judged(tls);
        } catch (IOException unusable) {
            return Diagnosis.failed(name(), String.valueOf(unusable.getMessage()), RENEW);
        }
    }

    private Diagnosis judged(TlsConfig tls) throws IOException {
        Instant now = clock.instant();
        if (Files.exists(tls.certPath())) {
            Instant end =
                    PemFiles.certificates(tls.certPath()).getFirst().getNotAfter().toInstant();
            if (now.isAfter(end)) {
                return Diagnosis.failed(
                        name(), tls.certPath() + " expired at " + Humane.time(end), RENEW);
            }
        }
        Instant end = ServerCertificates.open(tls, clock, random).expiry();
        String found = "ends " + Humane.distance(now, end);
        return now.plus(SOON).isAfter(end)
                ? Diagnosis.warning(name(), found, RENEW)
                : Diagnosis.ok(name(), found);
    }
}
