package io.gemproxy.server;

import io.gemproxy.server.admin.CertificateDesk;
import io.gemproxy.server.admin.CertificateStatus;
import io.gemproxy.server.admin.OrderStatus;
import io.gemproxy.server.admin.OrderWish;
import io.gemproxy.server.listener.certificates.acme.RenewalLoop;
import io.gemproxy.server.listener.certificates.acme.RenewalMemory;
import io.gemproxy.server.listener.certificates.acme.RenewalStatus;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * What an admin may see and do of certificates.
 *
 * @param served those of both ports
 * @param renewals orders that of the proxy port, if it is to come from ACME
 */
record CertificateControls(ServedCertificates served, Optional<RenewalLoop> renewals)
        implements CertificateDesk {
    @Override
    public List<CertificateStatus> all() {
        return served.all();
    }

    @Override
    public void renew() throws IOException {
        served.renew();
    }

    @Override
    public Optional<OrderStatus> ordered() {
        return renewals.map(it -> status(it.status()));
    }

    @Override
    public OrderWish order() {
        if (renewals.isEmpty()) {
            return new OrderWish.NotOrdered();
        }
        return switch (renewals.get().renew()) {
            case RenewalLoop.Asked.Started _ -> new OrderWish.Begun();
            case RenewalLoop.Asked.UnderWay _ -> new OrderWish.UnderWay();
            case RenewalLoop.Asked.Held held -> new OrderWish.Held(held.until());
        };
    }

    private static OrderStatus status(RenewalStatus now) {
        RenewalMemory memory = now.memory();
        String idle = memory.failures() > 0 ? "retrying" : "waiting";
        return new OrderStatus(
                now.ordering() ? "ordering" : idle,
                now.domains(),
                now.directories().stream().map(URI::toString).toList(),
                now.challenge(),
                now.renewal(),
                now.nextAttempt(),
                now.nextCheck(),
                memory.failures(),
                Optional.ofNullable(memory.lastSuccess()),
                Optional.ofNullable(memory.directory()),
                Optional.ofNullable(memory.lastFailure()).map(CertificateControls::failure),
                Optional.ofNullable(memory.suggestion()).map(CertificateControls::window));
    }

    private static OrderStatus.Failure failure(RenewalMemory.Failure failure) {
        return new OrderStatus.Failure(
                failure.at(), failure.kind(), failure.message(), failure.directory());
    }

    private static OrderStatus.Window window(RenewalMemory.Suggestion suggestion) {
        return new OrderStatus.Window(
                suggestion.start(),
                suggestion.end(),
                suggestion.chosen(),
                Optional.ofNullable(suggestion.explanation()));
    }
}
