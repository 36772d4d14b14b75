package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.listener.certificates.CertificateHosts;
import io.gemproxy.server.listener.certificates.HttpChallenges;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The port of plain HTTP beside the proxy port: answers the challenges of certificate authorities
 * and shows everybody else the way to https. It carries nothing of what the other ports serve.
 */
public final class RedirectListener implements AutoCloseable {
    private static final String NAME = "redirect";
    private static final int MAX_CONNECTIONS = 256;
    private static final int MAX_OF_ONE_ADDRESS = 32;
    private static final WireLimits LIMITS = new WireLimits(4 * 1024, 16 * 1024, 64, 0);
    private static final Timeouts TIMEOUTS =
            new Timeouts(
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    240);

    private final GuardedServer server;

    private RedirectListener(GuardedServer server) {
        this.server = server;
    }

    /**
     * Opens the port.
     *
     * @param server whose clients are shown the way
     * @param certificates the names of the server, besides those it has for ACME
     * @param proxyPort where the server is
     * @param ids names requests that are refused on the wire
     * @param nanoTime the monotonic clock
     * @throws ListenerFailed if the address cannot be bound
     */
    public static RedirectListener start(
            ServerConfig server,
            ServerCertificates certificates,
            HttpChallenges challenges,
            IntSupplier proxyPort,
            Supplier<RequestId> ids,
            LongSupplier nanoTime)
            throws ListenerFailed {
        RedirectConfig config = server.redirect();
        GuardedServer.Setup setup =
                new GuardedServer.Setup(
                        NAME,
                        config.host(),
                        config.port(),
                        MAX_CONNECTIONS,
                        new AddressConnections(
                                OptionalInt.of(MAX_OF_ONE_ADDRESS),
                                new ClientAddresses(server.trustedProxies())::isTrusted),
                        TIMEOUTS,
                        LIMITS,
                        new HeadRefusals(ids, new PlainRefusals(), refused -> {}),
                        Optional.empty(),
                        Optional.empty());
        PublicHosts hosts =
                new PublicHosts(
                        server.publicUrl(),
                        server.tls().acmeDomains(),
                        host -> covers(certificates, host),
                        proxyPort);
        HttpRouting.Builder routing =
                HttpRouting.builder().any(new RedirectRoutes(challenges, hosts)::handle);
        return new RedirectListener(GuardedServer.start(setup, routing, nanoTime));
    }

    private static boolean covers(ServerCertificates certificates, String host) {
        return certificates.served().stream()
                .anyMatch(it -> CertificateHosts.cover(it.certificate().leaf(), host));
    }

    /** The port that was bound. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
