package io.gemproxy.server.admin;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One certificate, whose files a test can exchange, spoil or take away. */
final class FakeCertificateDesk implements CertificateDesk {
    boolean tls = true;
    boolean spoilt;

    /** How a wish to order ends; empty where none are ordered. */
    Optional<OrderWish> acme = Optional.empty();

    private final Instant now;
    private boolean exchanged;
    private boolean renewed;

    FakeCertificateDesk(Instant now) {
        this.now = now;
    }

    void exchange() {
        exchanged = true;
    }

    @Override
    public List<CertificateStatus> all() {
        return tls ? List.of(certificate(renewed ? "BB:02" : "AA:01")) : List.of();
    }

    @Override
    public void renew() throws IOException {
        if (spoilt) {
            throw new IOException("certs/cert.pem: no certificate in it");
        }
        renewed = exchanged;
    }

    @Override
    public Optional<OrderStatus> ordered() {
        return acme.map(_ -> status());
    }

    @Override
    public OrderWish order() {
        return acme.orElseGet(OrderWish.NotOrdered::new);
    }

    private OrderStatus status() {
        return new OrderStatus(
                "retrying",
                List.of("proxy.example.com"),
                List.of("https://acme.example.com/directory"),
                "http-01",
                now,
                now.plus(Duration.ofMinutes(1)),
                Optional.of(now.plus(Duration.ofHours(6))),
                1,
                Optional.of(now),
                Optional.of("https://acme.example.com/directory"),
                Optional.of(
                        new OrderStatus.Failure(
                                now,
                                "unreachable",
                                "ConnectException",
                                "https://acme.example.com/directory")),
                Optional.of(new OrderStatus.Window(now, now, now, Optional.empty())));
    }

    private CertificateStatus certificate(String fingerprint) {
        return new CertificateStatus(
                "proxy",
                "file",
                "certs/cert.pem",
                "CN=localhost",
                "CN=localhost",
                true,
                List.of("localhost", "127.0.0.1"),
                now,
                now.plus(Duration.ofDays(90)),
                fingerprint,
                Optional.empty());
    }
}
