package io.gemproxy.server;

import io.gemproxy.server.admin.CertificateStatus;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.listener.certificates.NextCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificates of both ports.
 *
 * @param proxy empty without TLS
 * @param admin empty without TLS
 */
record ServedCertificates(Optional<ServerCertificates> proxy, Optional<ServerCertificates> admin) {
    /**
     * Loads them, the proxy port's first: where the admin port has the same files and they are not
     * there yet, they are made once.
     *
     * @throws IOException with a message for the operator
     */
    static ServedCertificates open(GemproxyConfig config, Platform platform) throws IOException {
        return new ServedCertificates(
                open(config.server().tls(), platform), open(config.adminTls(), platform));
    }

    private static Optional<ServerCertificates> open(TlsConfig tls, Platform platform)
            throws IOException {
        return tls.enabled()
                ? Optional.of(ServerCertificates.open(tls, platform.clock(), platform.random()))
                : Optional.empty();
    }

    /** When the first of them ends. */
    Optional<Instant> expiry() {
        return served().map(ServerCertificates::expiry).min(Instant::compareTo);
    }

    List<CertificateStatus> all() {
        return Stream.concat(
                        proxy.map(it -> status("proxy", it)).stream(),
                        admin.map(it -> status("admin", it)).stream())
                .toList();
    }

    private static CertificateStatus status(String listener, ServerCertificates served) {
        return CertificateStatus.ofFile(listener, served.tls().certPath(), served.leaf());
    }

    /** Takes what is in the files now. */
    void renew() throws IOException {
        List<NextCertificate> next = new ArrayList<>();
        for (ServerCertificates one : served().toList()) {
            next.add(one.prepare(one.tls()));
        }
        next.forEach(NextCertificate::serve);
    }

    private Stream<ServerCertificates> served() {
        return Stream.concat(proxy.stream(), admin.stream());
    }
}
