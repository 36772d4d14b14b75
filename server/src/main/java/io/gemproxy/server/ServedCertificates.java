package io.gemproxy.server;

import io.gemproxy.server.admin.CertificateDesk;
import io.gemproxy.server.admin.CertificateStatus;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the admin port shows of the proxy port's certificate.
 *
 * @param proxy empty without TLS
 * @param tls as the configuration that is in effect has it
 */
record ServedCertificates(Optional<ServerCertificates> proxy, Supplier<TlsConfig> tls)
        implements CertificateDesk {
    @Override
    public List<CertificateStatus> all() {
        return proxy
                .map(it -> CertificateStatus.ofFile("proxy", tls.get().certPath(), it.leaf()))
                .stream()
                .toList();
    }

    @Override
    public void renew() throws IOException {
        if (proxy.isPresent()) {
            proxy.get().prepare(tls.get()).serve();
        }
    }
}
