package io.gemproxy.server;

import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.listener.certificates.Challenges;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.acme.CertificateFiles;
import io.gemproxy.server.listener.certificates.acme.DnsRecords;
import io.gemproxy.server.listener.certificates.acme.Renewal;
import io.gemproxy.server.listener.certificates.acme.RenewalLoop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/** Certificates by ACME, wired. */
final class OrderedCertificates {
    private static final System.Logger LOG = System.getLogger(OrderedCertificates.class.getName());

    private OrderedCertificates() {}

    /** Before the files are read: ends what a crash has interrupted. */
    static void recover(GemproxyConfig config) {
        if (config.acme().enabled()) {
            try {
                files(config).recover();
            } catch (IOException unusable) {
                LOG.log(
                        Level.WARNING,
                        "a certificate that was being stored is lost: {0}",
                        unusable.getMessage());
            }
        }
    }

    /** Begins to order, beside everything else, if that is configured. */
    static Optional<RenewalLoop> start(
            GemproxyConfig config,
            ServedCertificates served,
            Challenges challenges,
            AuditLog audit,
            Platform platform) {
        if (!config.acme().enabled() || served.proxy().isEmpty()) {
            return Optional.empty();
        }
        Renewal renewal =
                Renewal.overAcme(
                        config.acme(),
                        challenges.http(),
                        challenges.alpn(),
                        files(config),
                        () -> reload(config, served),
                        KeptRenewals.in(config.acme().storage()),
                        new OrderRecords(audit, config.acme().domains(), platform.clock()),
                        Thread::sleep,
                        platform.clock(),
                        platform.random());
        DnsRecords records = new DnsRecords(config.acme(), platform.clock());
        return Optional.of(RenewalLoop.start(renewal, records, platform.clock()));
    }

    private static CertificateFiles files(GemproxyConfig config) {
        return new CertificateFiles(
                config.server().tls().certPath(),
                config.server().tls().keyPath(),
                config.acme().storage());
    }

    /** The admin port's too, where it has the same files. */
    private static void reload(GemproxyConfig config, ServedCertificates served)
            throws IOException {
        served.proxy().orElseThrow().reload();
        Optional<ServerCertificates> admin = served.admin();
        if (admin.isPresent() && config.adminTls().sharesFilesOf(config.server().tls())) {
            admin.get().reload();
        }
    }
}
