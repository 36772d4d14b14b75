package io.gemproxy.server.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The facts of the running server at one moment.
 *
 * @param version of gemproxy
 * @param started when it began to serve
 * @param uptime since then
 * @param listeners what is bound
 * @param draining whether it is on its way out
 * @param configFile the file it was started from, if there was one
 * @param connections of clients
 * @param streams answers being relayed as streams
 * @param certificateExpiry when the first served certificate ends, if TLS is on
 */
public record ServerStatus(
        String version,
        Instant started,
        Duration uptime,
        List<Listener> listeners,
        boolean draining,
        Optional<String> configFile,
        int connections,
        int streams,
        Optional<Instant> certificateExpiry) {
    /**
     * One bound socket.
     *
     * @param name {@code proxy}, {@code admin} or {@code admin-socket}
     * @param address host and port, or {@code unix:} and a path
     * @param tls whether it speaks TLS
     */
    public record Listener(String name, String address, boolean tls) {}
}
