package io.gemproxy.server;

import io.gemproxy.server.admin.CertificateDesk;
import io.gemproxy.server.admin.CertificateStatus;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What the admin port shows of the proxy port's certificate.
 *
 * @param proxy empty without TLS
 */
record ServedCertificates(Optional<ServerCertificates> proxy) implements CertificateDesk {
    @Override
    public List<CertificateStatus> all() {
        return proxy
                .map(it -> CertificateStatus.ofFile("proxy", it.tls().certPath(), it.leaf()))
                .stream()
                .toList();
    }

    @Override
    public void renew() throws IOException {
        if (proxy.isPresent()) {
            proxy.get().reload();
        }
    }
}
