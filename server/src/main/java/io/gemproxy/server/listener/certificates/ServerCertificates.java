package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** The certificate a port serves: from its files, made self-signed if there are none. */
public final class ServerCertificates {
    /** The protocols a listener should enable. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final Logger LOG = System.getLogger(ServerCertificates.class.getName());
    private static final Duration SELF_SIGNED_LIFE = Duration.ofDays(365);

    private volatile TlsConfig tls;
    private final InstantSource clock;
    private final SecureRandom random;
    private final SwappableKeys keys;

    private ServerCertificates(
            TlsConfig tls, InstantSource clock, SecureRandom random, ServedCertificate first) {
        this.tls = tls;
        this.clock = clock;
        this.random = random;
        this.keys = new SwappableKeys(first);
    }

    /**
     * Loads certificate and key; if neither file is there, makes a self-signed pair in their place.
     *
     * @throws IOException with a message for the operator, if only one of the files is there, or
     *     one cannot be read or written
     */
    public static ServerCertificates open(TlsConfig tls, InstantSource clock, SecureRandom random)
            throws IOException {
        boolean certificate = Files.exists(tls.certPath());
        boolean key = Files.exists(tls.keyPath());
        if (certificate != key) {
            throw new CertificateFileException(
                    certificate ? tls.keyPath() : tls.certPath(),
                    "is not there, but "
                            + (certificate ? tls.certPath() : tls.keyPath())
                            + " is; put both there, or neither for a self-signed pair");
        }
        if (!certificate) {
            makeSelfSigned(tls, clock, random);
        }
        ServedCertificate first = load(tls, clock, random);
        return new ServerCertificates(tls, clock, random, first);
    }

    /**
     * Reads the files, which may have other names now; what is served does not change by that.
     *
     * @throws IOException with a message for the operator, if one cannot be read or they do not
     *     belong together
     */
    public NextCertificate prepare(TlsConfig next) throws IOException {
        return new NextCertificate(load(next, clock, random), keys, () -> tls = next);
    }

    /** Where the served certificate is from. */
    public TlsConfig tls() {
        return tls;
    }

    /** Reads the files again and serves them from the next handshake on; if that fails, goes on. */
    public void reload() throws IOException {
        prepare(tls).serve();
    }

    /** A context for server sockets; it follows what is served. */
    public SSLContext sslContext() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[0], random);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java speaks no TLS", impossible);
        }
    }

    /** When the served certificate ends. */
    public Instant expiry() {
        return leaf().getNotAfter().toInstant();
    }

    /** The served certificate itself, without its chain. */
    public X509Certificate leaf() {
        return keys.current().leaf();
    }

    private static ServedCertificate load(TlsConfig tls, InstantSource clock, SecureRandom random)
            throws IOException {
        ServedCertificate loaded = ServedCertificate.load(tls.certPath(), tls.keyPath(), random);
        Instant end = loaded.leaf().getNotAfter().toInstant();
        if (clock.instant().isAfter(end)) {
            LOG.log(Level.WARNING, "the certificate in {0} expired at {1}", tls.certPath(), end);
        }
        return loaded;
    }

    private static void makeSelfSigned(TlsConfig tls, InstantSource clock, SecureRandom random)
            throws IOException {
        List<String> hosts = new ArrayList<>(DefaultHosts.names());
        hosts.addAll(tls.acmeDomains());
        write(
                SelfSignedCertificate.create(hosts, SELF_SIGNED_LIFE, clock, random),
                tls.certPath(),
                tls.keyPath());
        LOG.log(
                Level.WARNING,
                "made a self-signed certificate for {0} in {1}; clients must be told to trust it",
                String.join(", ", hosts),
                tls.certPath());
    }

    private static void write(SelfSignedCertificate made, Path certPath, Path keyPath)
            throws IOException {
        try {
            made.write(certPath, keyPath, false);
        } catch (IOException refused) {
            throw new IOException(
                    "a self-signed certificate cannot be written to "
                            + certPath
                            + " and "
                            + keyPath
                            + ": "
                            + refused,
                    refused);
        }
    }
}
