package io.gemproxy.server.listener;

import java.time.Duration;

/**
 * How long a client may keep us waiting.
 *
 * @param header until a request head is complete, for the first one including the TLS handshake
 * @param body longest silence inside a request body, and longest standstill of an answer
 * @param idle longest silence between requests
 * @param linger how long unread bytes are taken and dropped after a refusal, so that the client
 *     sees the answer and not a reset
 * @param bodyBytesPerSecond the least on the average of a request body
 */
record Timeouts(
        Duration header, Duration body, Duration idle, Duration linger, long bodyBytesPerSecond) {
    private static final Duration LINGER = Duration.ofSeconds(1);

    static Timeouts of(ServerConfig config) {
        return new Timeouts(
                config.headerTimeout(),
                config.bodyTimeout(),
                config.idleTimeout(),
                LINGER,
                config.minBodyBytesPerSecond());
    }
}
