package io.gemproxy.server;

import io.gemproxy.server.admin.CertificateStatus;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.listener.certificates.CertificateHosts;
import io.gemproxy.server.listener.certificates.NextCertificate;
import io.gemproxy.server.listener.certificates.ServedFile;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.metrics.CertificateMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return ports().values().stream().map(ServerCertificates::expiry).min(Instant::compareTo);
    }

    /** Those of each port that speaks TLS, by its name. */
    Map<String, ServerCertificates> ports() {
        Map<String, ServerCertificates> ports = new LinkedHashMap<>();
        proxy.ifPresent(it -> ports.put("proxy", it));
        admin.ifPresent(it -> ports.put("admin", it));
        return ports;
    }

    /** The files of all of them. */
    List<Path> files() {
        return ports().values().stream()
                .flatMap(port -> port.tls().all().stream())
                .flatMap(pair -> Stream.of(pair.certPath(), pair.keyPath()))
                .map(Path::toAbsolutePath)
                .distinct()
                .toList();
    }

    /** Whether a file is one of them. */
    boolean holds(Path file) {
        return files().contains(file.toAbsolutePath());
    }

    /** For the metrics: until when each is good. */
    List<CertificateMeasure> measures() {
        return ports().entrySet().stream()
                .flatMap(port ->
                        port.getValue().served().stream()
                                .map(it ->
                                        new CertificateMeasure(
                                                port.getKey(),
                                                it.files().certPath().toString(),
                                                it.certificate().end())))
                .toList();
    }

    List<CertificateStatus> all() {
        return ports().entrySet().stream()
                .flatMap(port -> status(port.getKey(), port.getValue()))
                .toList();
    }

    private static Stream<CertificateStatus> status(String listener, ServerCertificates served) {
        return served.served().stream().map(it -> status(listener, it, served.problem()));
    }

    private static CertificateStatus status(
            String listener, ServedFile file, Optional<String> problem) {
        return CertificateStatus.of(
                listener,
                file.stopgap() ? "memory" : "file",
                file.files().certPath(),
                file.certificate().leaf(),
                CertificateHosts.of(file.certificate().leaf()),
                problem);
    }

    /** Takes what is in the files now. */
    void renew() throws IOException {
        List<NextCertificate> next = new ArrayList<>();
        for (ServerCertificates one : ports().values()) {
            next.add(one.prepare(one.tls()));
        }
        next.forEach(NextCertificate::serve);
    }
}
