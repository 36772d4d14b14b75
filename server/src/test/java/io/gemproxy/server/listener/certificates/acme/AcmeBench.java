package io.gemproxy.server.listener.certificates.acme;

import io.gemproxy.server.listener.certificates.AlpnChallenges;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A renewal over a real authority, with the clock in the hand of the test. */
final class AcmeBench implements AutoCloseable {
    final HttpChallenges http = new HttpChallenges();
    final AlpnChallenges alpn = new AlpnChallenges();
    final List<X509Certificate> obtained = new ArrayList<>();
    final List<AcmeFailure> failed = new ArrayList<>();
    final ChallengeServer port80;
    final DnsStub dns;
    final Path directory;
    volatile boolean full;
    private Duration ahead = Duration.ZERO;
    private RenewalMemory memory = RenewalMemory.EMPTY;

    AcmeBench(Path directory) throws IOException {
        this.directory = directory;
        port80 = ChallengeServer.start(http);
        dns = DnsStub.start(Files.createDirectories(directory.resolve("dns")));
    }

    Pebble pebble(Pebble.Wish wish) throws Exception {
        return Pebble.start(directory.resolve("pebble"), dns, wish);
    }

    Pebble pebble() throws Exception {
        return pebble(looking());
    }

    Pebble.Wish looking() throws IOException {
        return new Pebble.Wish(port80.port(), Pebble.freePort());
    }

    /** Orders from a real one. */
    AcmeWish wish(Pebble pebble, String... domains) {
        return new AcmeWish(directory.resolve("state"), pebble.directory(), domains)
                .trusting(pebble.caFile());
    }

    /** Orders from a stub, which speaks without TLS. */
    AcmeWish wish(StubCa ca, String... domains) {
        return new AcmeWish(directory.resolve("state"), ca.directory(), domains);
    }

    Renewal renewal(AcmeWish wish) {
        return renewal(wish, AcmeBench::briefly);
    }

    Renewal renewal(AcmeWish wish, Waiting waiting) {
        return Renewal.overAcme(
                wish.config(),
                http,
                alpn,
                files(),
                () -> {},
                store(),
                listener(),
                waiting,
                clock(),
                new SecureRandom());
    }

    CertificateFiles files() {
        return new CertificateFiles(certificate(), key(), directory.resolve("state"));
    }

    Path certificate() {
        return directory.resolve("certs").resolve("cert.pem");
    }

    Path key() {
        return directory.resolve("certs").resolve("key.pem");
    }

    InstantSource clock() {
        return () -> Instant.now().plus(ahead);
    }

    void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    RenewalMemory memory() {
        return memory;
    }

    RenewalMemory.Store store() {
        return new RenewalMemory.Store() {
            @Override
            public RenewalMemory read() {
                return memory;
            }

            @Override
            public void write(RenewalMemory next) throws IOException {
                if (full) {
                    throw new IOException("No space left on device");
                }
                memory = next;
            }
        };
    }

    OrderListener listener() {
        return new OrderListener() {
            @Override
            public void obtained(X509Certificate leaf, URI from) {
                obtained.add(leaf);
            }

            @Override
            public void failed(AcmeFailure why, URI from, int failures, Instant next) {
                failed.add(why);
            }
        };
    }

    /** The authority is on this machine, and quick. */
    private static void briefly(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis() / 20);
    }

    @Override
    public void close() {
        port80.close();
        dns.close();
    }
}
