package io.gemproxy.server.upstream;

import java.net.URI;
import java.time.Duration;

/**
 * How Google is reached ({@code gemini} section).
 *
 * @param baseUrl scheme, host and port; no path
 * @param connectTimeout TCP and TLS
 * @param firstByteTimeout from the request's last byte to the answer's head ({@code
 *     timeout_seconds})
 * @param streamIdleTimeout longest silence inside an answer
 * @param totalTimeout a whole exchange
 * @param maxConnections open connections to Google
 */
public record UpstreamConfig(
        URI baseUrl,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration streamIdleTimeout,
        Duration totalTimeout,
        int maxConnections) {}
