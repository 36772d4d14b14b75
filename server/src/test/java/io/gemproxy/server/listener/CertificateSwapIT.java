package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates change while clients come without a pause, with new sessions and resumed ones. */
final class CertificateSwapIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SWAPS = 50;
    private static final int CLIENTS = 4;
    private static final int HANDSHAKES_A_SWAP = 4;
    private static final String LAST =
            "GET /secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @TempDir private Path dir;
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Set<X509Certificate> shown = ConcurrentHashMap.newKeySet();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final Semaphore come = new Semaphore(0);
    private final CountDownLatch stop = new CountDownLatch(1);

    @Test
    void fiftySwapsUnderHandshakesFailNone() throws Exception {
        TlsConfig tls =
                new TlsConfig(true, dir.resolve("c.pem"), dir.resolve("k.pem"), false, List.of());
        ServerCertificates certificates =
                ServerCertificates.open(tls, InstantSource.system(), RANDOM);
        List<Thread> clients = new ArrayList<>();
        try (Rig rig = new Rig(Rig.ECHO, Rig.SHORT, Optional.of(certificates.sslContext()))) {
            for (int i = 0; i < CLIENTS; i++) {
                boolean resuming = i % 2 == 0;
                String protocol = i < CLIENTS / 2 ? "TLSv1.3" : "TLSv1.2";
                clients.add(
                        Thread.ofVirtual()
                                .start(() -> connect(rig.listener.port(), protocol, resuming)));
            }
            for (int swap = 0; swap < SWAPS; swap++) {
                come.drainPermits();
                SelfSignedCertificate.create(
                                List.of("localhost"),
                                Duration.ofDays(1),
                                InstantSource.system(),
                                RANDOM)
                        .write(tls.certPath(), tls.keyPath(), true);
                certificates.reload();
                assertTrue(
                        come.tryAcquire(HANDSHAKES_A_SWAP, 30, TimeUnit.SECONDS),
                        () -> "nobody comes: " + failed);
            }
            stop.countDown();
            for (Thread client : clients) {
                assertTrue(client.join(Duration.ofSeconds(10)), "a client hangs");
            }
        }
        assertEquals(List.of(), List.copyOf(failed));
        assertTrue(done.get() >= SWAPS * HANDSHAKES_A_SWAP, done + " handshakes");
        assertTrue(shown.size() > SWAPS / 2, shown.size() + " certificates were seen");
        assertTrue(resumed.get() > 0, "no session was resumed");
    }

    private void connect(int port, String protocol, boolean resuming) {
        try {
            TlsTalk talk = new TlsTalk(port);
            while (stop.getCount() > 0) {
                TlsTalk now = resuming ? talk : new TlsTalk(port);
                try (SSLSocket socket = now.open(List.of("localhost"), List.of(), protocol)) {
                    long begun = System.currentTimeMillis();
                    socket.startHandshake();
                    shown.add((X509Certificate) socket.getSession().getPeerCertificates()[0]);
                    if (socket.getSession().getCreationTime() < begun) {
                        resumed.incrementAndGet();
                    }
                    if (!TlsTalk.ask(socket, LAST).endsWith("SECRET")) {
                        failed.add(protocol + ": no whole answer");
                    }
                }
                done.incrementAndGet();
                come.release();
            }
        } catch (Exception broken) {
            failed.add(protocol + ": " + broken);
        }
    }
}
