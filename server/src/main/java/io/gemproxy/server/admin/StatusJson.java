package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The server's facts as the admin API shows them. */
record StatusJson(
        String version,
        Instant started,
        long uptimeSeconds,
        List<ServerStatus.Listener> listeners,
        boolean draining,
        Optional<String> configFile,
        int connections,
        int streams,
        Optional<Instant> certificateExpiry) {
    static StatusJson of(ServerStatus status) {
        return new StatusJson(
                status.version(),
                status.started(),
                status.uptime().toSeconds(),
                status.listeners(),
                status.draining(),
                status.configFile(),
                status.connections(),
                status.streams(),
                status.certificateExpiry());
    }
}
