package io.gemproxy.server.listener;

import io.gemproxy.server.listener.certificates.TlsConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The {@code server} section: the proxy port.
 *
 * @param host address to bind
 * @param port TCP port; 0 lets the kernel choose
 * @param maxConnections open client connections; more wait in the kernel's backlog
 * @param maxConnectionsPerAddress open connections of one address; empty: any number
 * @param shutdownGrace how long running requests may go on after SIGTERM
 * @param maxRequestBodyBytes largest body of a call that is not an upload
 * @param maxUploadBytes largest body of one upload request
 * @param allowPlaintext permits a non-loopback address without TLS
 * @param headerTimeout until a request head is complete
 * @param bodyTimeout longest silence inside a request body
 * @param minBodyBytesPerSecond the least on the average of a request body; 0: any pace
 * @param idleTimeout longest silence between requests of a connection
 * @param publicUrl the origin clients reach the port at, where a proxy stands before it
 * @param trustedProxies proxies that are believed where a request comes from
 * @param tls certificates
 * @param hsts whether clients are told to come by TLS only
 * @param redirect the port of plain HTTP beside it
 */
public record ServerConfig(
        String host,
        int port,
        int maxConnections,
        OptionalInt maxConnectionsPerAddress,
        Duration shutdownGrace,
        long maxRequestBodyBytes,
        long maxUploadBytes,
        boolean allowPlaintext,
        Duration headerTimeout,
        Duration bodyTimeout,
        long minBodyBytesPerSecond,
        Duration idleTimeout,
        Optional<URI> publicUrl,
        TrustedProxiesConfig trustedProxies,
        TlsConfig tls,
        HstsConfig hsts,
        RedirectConfig redirect) {}
