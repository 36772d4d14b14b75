package io.gemproxy.server.listener.certificates;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** The certificate the proxy port presents: from its files, or made self-signed on first start. */
public final class ServerCertificates {
    private static final System.Logger LOG = System.getLogger(ServerCertificates.class.getName());
    private static final Duration VALIDITY = Duration.ofDays(365);

    private final TlsConfig config;
    private final ServerKeyManager keys;
    private final SSLContext context;

    private ServerCertificates(TlsConfig config, ServerKeyManager keys, SSLContext context) {
        this.config = config;
        this.keys = keys;
        this.context = context;
    }

    /**
     * Loads the files; makes both when both are missing.
     *
     * @throws CertificateProblem if they cannot be used or made
     */
    public static ServerCertificates open(
            TlsConfig config, InstantSource clock, SecureRandom random) throws CertificateProblem {
        if (!Files.exists(config.certPath()) && !Files.exists(config.keyPath())) {
            SelfSignedCertificate.create(
                            SelfSignedCertificate.defaultHosts(hostName()),
                            clock.instant(),
                            VALIDITY,
                            random)
                    .write(config.certPath(), config.keyPath());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "made a self-signed certificate: " + config.certPath());
        }
        ServerKeyManager keys =
                new ServerKeyManager(PemFiles.read(config.certPath(), config.keyPath()));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, null, random);
            return new ServerCertificates(config, keys, context);
        } catch (GeneralSecurityException e) {
            throw new CertificateProblem("TLS is not usable", e);
        }
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Reads the files again; new handshakes use what they hold. On failure nothing changes. */
    public void reload() throws CertificateProblem {
        keys.use(PemFiles.read(config.certPath(), config.keyPath()));
    }

    /** For the listener. */
    public SSLContext context() {
        return context;
    }

    /** The own certificate that is presented now. */
    public X509Certificate certificate() {
        return keys.current().chain().getFirst();
    }
}
