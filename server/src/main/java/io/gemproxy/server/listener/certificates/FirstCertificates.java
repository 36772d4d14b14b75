package io.gemproxy.server.listener.certificates;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a port serves when it opens. Where there is no certificate, or ACME is still to bring one
 * that can be used, it is self-signed: clients then have to trust it, but nothing waits.
 */
final class FirstCertificates {
    private static final Logger LOG = System.getLogger(FirstCertificates.class.getName());
    private static final Duration SELF_SIGNED_LIFE = Duration.ofDays(365);

    private final TlsConfig tls;
    private final InstantSource clock;
    private final SecureRandom random;

    FirstCertificates(TlsConfig tls, InstantSource clock, SecureRandom random) {
        this.tls = tls;
        this.clock = clock;
        this.random = random;
    }

    /** What the files hold now, all of it. */
    CertificateSet read() throws IOException {
        List<ServedFile> all = new ArrayList<>();
        for (TlsConfig.Files files : tls.all()) {
            all.add(new ServedFile(files, false, load(files)));
        }
        return new CertificateSet(all);
    }

    /**
     * The same, or with a self-signed certificate in the place of the main one.
     *
     * @throws IOException if a file cannot be used and nobody but the operator can mend it
     */
    CertificateSet open() throws IOException {
        List<ServedFile> all = new ArrayList<>();
        all.add(main());
        for (TlsConfig.Files files : tls.others()) {
            all.add(new ServedFile(files, false, load(files)));
        }
        return new CertificateSet(all);
    }

    /** Fails where {@link #open} would for what the files are, and makes none. */
    void check() throws CertificateFileException {
        if (isMissing()) {
            reachable();
        } else if (!tls.acmeEnabled()) {
            load(tls.main());
        }
        for (TlsConfig.Files files : tls.others()) {
            load(files);
        }
    }

    private boolean isMissing() {
        return !Files.exists(tls.certPath()) && !Files.exists(tls.keyPath());
    }

    /** What lies where this user may not look is neither there nor missing, and not to be made. */
    private void reachable() throws CertificateFileException {
        for (Path file : List.of(tls.certPath(), tls.keyPath())) {
            if (!Files.notExists(file)) {
                throw new CertificateFileException(
                        file,
                        "cannot be reached by this user: let a group of that user enter its"
                                + " directories (chgrp, chmod g+x)");
            }
        }
    }

    private ServedFile main() throws IOException {
        if (isMissing()) {
            return made();
        }
        try {
            ServedCertificate loaded = load(tls.main());
            Instant now = clock.instant();
            if (loaded.isValidAt(now)) {
                return new ServedFile(tls.main(), false, loaded);
            }
            String problem = tls.certPath() + " " + whyNot(loaded, now);
            if (tls.acmeEnabled()) {
                return stopgap(create(), problem);
            }
            LOG.log(Level.WARNING, "{0}; clients refuse it", problem);
            return new ServedFile(tls.main(), false, loaded);
        } catch (CertificateFileException unusable) {
            if (!tls.acmeEnabled()) {
                throw unusable;
            }
            return stopgap(create(), String.valueOf(unusable.getMessage()));
        }
    }

    private ServedFile made() throws IOException {
        reachable();
        SelfSignedCertificate made = create();
        try {
            made.write(tls.certPath(), tls.keyPath(), false);
        } catch (IOException refused) {
            if (!Files.notExists(tls.certPath()) || !Files.notExists(tls.keyPath())) {
                throw new IOException(
                        tls.certPath() + " and " + tls.keyPath() + " cannot be reached: " + refused,
                        refused);
            }
            return stopgap(made, "nothing can be written to " + tls.certPath() + ": " + refused);
        }
        LOG.log(
                Level.WARNING,
                "made a self-signed certificate for {0} in {1}; clients must be told to trust it",
                String.join(", ", hosts()),
                tls.certPath());
        return new ServedFile(tls.main(), false, load(tls.main()));
    }

    private ServedFile stopgap(SelfSignedCertificate made, String problem) {
        LOG.log(
                Level.WARNING,
                "a self-signed certificate for {0} is served until the files hold a better one: {1}",
                String.join(", ", hosts()),
                problem);
        return new ServedFile(tls.main(), true, made.served());
    }

    private SelfSignedCertificate create() {
        return SelfSignedCertificate.create(hosts(), SELF_SIGNED_LIFE, clock, random);
    }

    private List<String> hosts() {
        List<String> hosts = new ArrayList<>(DefaultHosts.names());
        hosts.addAll(tls.acmeDomains());
        return hosts;
    }

    private ServedCertificate load(TlsConfig.Files files) throws CertificateFileException {
        alone(files.certPath(), files.keyPath());
        alone(files.keyPath(), files.certPath());
        return ServedCertificate.load(files.certPath(), files.keyPath(), random);
    }

    private static void alone(Path missing, Path other) throws CertificateFileException {
        if (!Files.exists(missing) && Files.exists(other)) {
            throw new CertificateFileException(
                    missing,
                    "is not there, but "
                            + other
                            + " is; put both there, or neither for a self-signed pair");
        }
    }

    /** Why clients would refuse it now. */
    static String whyNot(ServedCertificate certificate, Instant now) {
        return now.isAfter(certificate.end())
                ? "holds a certificate that expired at " + certificate.end()
                : "holds a certificate that begins at "
                        + certificate.leaf().getNotBefore().toInstant();
    }
}
