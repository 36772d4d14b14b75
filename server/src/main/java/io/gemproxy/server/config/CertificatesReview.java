package io.gemproxy.server.config;

import io.gemproxy.server.listener.certificates.TlsConfig;
import java.time.Instant;
import java.util.List;

/** Judges the certificates of both ports, each pair once. */
final class CertificatesReview {
    private final GemproxyConfig config;
    private final TlsAssembly assembly;
    private final Leaves leaves;
    private final Report report;
    private final Instant now;
    private final Spot whole;

    CertificatesReview(
            GemproxyConfig config,
            TlsAssembly assembly,
            Leaves leaves,
            Report report,
            Instant now,
            Spot whole) {
        this.config = config;
        this.assembly = assembly;
        this.leaves = leaves;
        this.report = report;
        this.now = now;
        this.whole = whole;
    }

    void run() {
        TlsConfig tls = config.server().tls();
        if (tls.enabled()) {
            of("server.tls", tls.main()).run();
            more();
        }
        if (config.adminTls().enabled() && !config.adminTls().sharesFilesOf(tls)) {
            of("admin.tls", config.adminTls().main()).run();
        }
    }

    private void more() {
        List<Spot> entries = leaves.entries(TlsSettings.CERTIFICATES);
        for (int i = 0; i < entries.size(); i++) {
            String entry = Leaves.entryPath(TlsSettings.CERTIFICATES, i);
            required(entry + ".cert_path", entries.get(i));
            required(entry + ".key_path", entries.get(i));
            assembly.certificate(entry).ifPresent(files -> of(entry, files).runOfMore());
        }
    }

    private void required(String path, Spot spot) {
        boolean given = leaves.find(path).filter(it -> !it.isBlank()).isPresent();
        if (!given && report.mayCallMissing(path)) {
            report.add(Rule.MISSING, spot, path, "is missing", "name a PEM file");
        }
    }

    private CertificateReview of(String section, TlsConfig.Files files) {
        return new CertificateReview(section, files, leaves, report, now, whole);
    }
}
