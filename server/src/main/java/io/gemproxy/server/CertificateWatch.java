package io.gemproxy.server;

import io.gemproxy.server.listener.certificates.ExpiryWatch;
import io.gemproxy.server.listener.certificates.NextCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.reload.FileWatch;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks at the files of the served certificates once a second, whatever the configuration is like,
 * serves what has changed, and tells of those that near their end.
 */
final class CertificateWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(CertificateWatch.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ServedCertificates certificates;
    private final CertificateRecords records;
    private final FileWatch files;
    private final ExpiryWatch expiry;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * @param on whether changed files are to be noticed
     */
    CertificateWatch(
            ServedCertificates certificates,
            CertificateRecords records,
            InstantSource clock,
            BooleanSupplier on) {
        this.certificates = certificates;
        this.records = records;
        this.files = new FileWatch(certificates::files, on, this::serve);
        this.expiry = new ExpiryWatch(clock, records::expiring);
    }

    /** Looks from now on, if there is TLS at all. */
    CertificateWatch start() {
        if (!certificates.ports().isEmpty()) {
            Thread.ofPlatform().daemon().name("certificate-watch").start(this::run);
        }
        return this;
    }

    private void run() {
        try {
            do {
                look();
            } while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks once. */
    void look() {
        try {
            files.look();
            expiry.look(certificates.ports().values());
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "the certificates could not be watched", bug);
        }
    }

    private void serve() {
        certificates.ports().forEach(this::serve);
    }

    private void serve(String listener, ServerCertificates port) {
        TlsConfig tls = port.tls();
        try {
            NextCertificate next = port.prepare(tls);
            boolean changed = next.changed();
            next.serve();
            if (changed) {
                records.served(listener, port);
            }
        } catch (IOException unfit) {
            String why = String.valueOf(unfit.getMessage());
            port.refuse(why);
            records.refused(listener, why);
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
