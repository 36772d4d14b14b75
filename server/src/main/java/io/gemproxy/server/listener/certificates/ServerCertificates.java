package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;

/** The certificates a port serves: from their files, made self-signed if there are none. */
public final class ServerCertificates {
    /** The protocols a listener should enable. */
    public static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    /**
     * How long a client may come back without a full handshake: what an old ticket still opens is
     * bounded by it (RFC 8446, section 4.6.1 allows seven days).
     */
    static final Duration SESSION_LIFE = Duration.ofHours(2);

    /** Sessions of clients that take no tickets; each holds a few kilobytes. */
    static final int SESSIONS = 10_000;

    private volatile TlsConfig tls;
    private volatile Optional<String> problem = Optional.empty();
    private final InstantSource clock;
    private final SecureRandom random;
    private final SwappableKeys keys;

    private ServerCertificates(
            TlsConfig tls, InstantSource clock, SecureRandom random, CertificateSet first) {
        this.tls = tls;
        this.clock = clock;
        this.random = random;
        this.keys = new SwappableKeys(first);
    }

    /**
     * Loads certificates and keys. If neither file of the main one is there, a self-signed pair is
     * made in their place; with ACME on, one in memory stands in for files that cannot be served.
     *
     * @throws IOException with a message for the operator, if only one of the files is there, or
     *     one cannot be read
     */
    public static ServerCertificates open(TlsConfig tls, InstantSource clock, SecureRandom random)
            throws IOException {
        return new ServerCertificates(
                tls, clock, random, new FirstCertificates(tls, clock, random).open());
    }

    /**
     * Fails where {@link #open} would for what the files are, and makes none.
     *
     * @throws CertificateFileException if one cannot be used and nobody but the operator can mend
     *     it
     */
    public static void check(TlsConfig tls, InstantSource clock, SecureRandom random)
            throws CertificateFileException {
        new FirstCertificates(tls, clock, random).check();
    }

    /**
     * Reads the files, which may have other names now; what is served does not change by that.
     *
     * @throws IOException with a message for the operator, if one cannot be read, they do not
     *     belong together, or one is out of its time in the place of one that is not
     */
    public NextCertificate prepare(TlsConfig next) throws IOException {
        return new NextCertificate(
                read(next),
                keys,
                () -> {
                    tls = next;
                    problem = Optional.empty();
                });
    }

    private CertificateSet read(TlsConfig next) throws IOException {
        CertificateSet now = keys.current();
        boolean standsIn = now.all().getFirst().stopgap() && next.main().equals(tls.main());
        if (standsIn && Files.notExists(next.certPath()) && Files.notExists(next.keyPath())) {
            return now;
        }
        try {
            return fit(new FirstCertificates(next, clock, random).read(), now);
        } catch (CertificateFileException unfit) {
            if (standsIn && next.acmeEnabled()) {
                return now;
            }
            throw unfit;
        }
    }

    /** What clients refuse does not take the place of what they take. */
    private CertificateSet fit(CertificateSet read, CertificateSet now)
            throws CertificateFileException {
        Instant moment = clock.instant();
        for (ServedFile each : read.all()) {
            if (!each.certificate().isValidAt(moment)
                    && !now.shows(each.certificate())
                    && now.main().isValidAt(moment)) {
                throw new CertificateFileException(
                        each.files().certPath(),
                        FirstCertificates.whyNot(each.certificate(), moment)
                                + "; what is served is valid until "
                                + now.main().end());
            }
        }
        return read;
    }

    /** Where the served certificates are from. */
    public TlsConfig tls() {
        return tls;
    }

    /** Reads the files again and serves them from the next handshake on; if that fails, goes on. */
    public void reload() throws IOException {
        prepare(tls).serve();
    }

    /** A context for server sockets; it follows what is served. */
    public SSLContext sslContext() {
        return new ServerContext(context(keys), () -> false);
    }

    /** The same, which answers these challenges too. */
    public SSLContext sslContext(AlpnChallenges challenges) {
        return new ServerContext(context(new ChallengeKeys(keys, challenges)), challenges::any);
    }

    private SSLContext context(X509ExtendedKeyManager manager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {manager}, new TrustManager[0], random);
            context.getServerSessionContext().setSessionTimeout((int) SESSION_LIFE.toSeconds());
            context.getServerSessionContext().setSessionCacheSize(SESSIONS);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("this Java speaks no TLS", impossible);
        }
    }

    /** All that are served, the main one first. */
    public List<ServedFile> served() {
        return keys.current().all();
    }

    /** Why what is in the files now is not served; empty if it is. */
    public Optional<String> problem() {
        return problem;
    }

    /** What is in the files cannot be served; until it can, this is said of them. */
    public void refuse(String why) {
        problem = Optional.of(why);
    }

    /** When the first of the served certificates ends. */
    public Instant expiry() {
        return served().stream()
                .map(it -> it.certificate().end())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** The main certificate itself, without its chain. */
    public X509Certificate leaf() {
        return keys.current().main().leaf();
    }
}
