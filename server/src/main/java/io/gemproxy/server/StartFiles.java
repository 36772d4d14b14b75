package io.gemproxy.server;

import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainKeyUnusable;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.listener.certificates.CertificateFileException;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a start reads besides the configuration, read without a start: nothing is made. */
final class StartFiles {
    private StartFiles() {}

    /**
     * Certificates with their keys, and the key of the audit log's chain, where they are there.
     *
     * @throws CertificateFileException as the start would end with it, e.g. where this user may not
     *     read a key
     * @throws ChainKeyUnusable likewise
     */
    static void check(GemproxyConfig config, Platform platform)
            throws CertificateFileException, ChainKeyUnusable {
        for (TlsConfig tls : List.of(config.server().tls(), config.adminTls())) {
            if (tls.enabled()) {
                ServerCertificates.check(tls, platform.clock(), platform.random());
            }
        }
        Path chainKey = config.audit().chainKeyFile();
        if (!Files.notExists(chainKey)) {
            ChainKey.read(chainKey);
        }
    }
}
