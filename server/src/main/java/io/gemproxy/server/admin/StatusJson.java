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
        Optional<ConfigStatus> config,
        int connections,
        int streams,
        Optional<Instant> certificateExpiry) {
    /** For everybody: without what the configuration says. */
    static StatusJson of(ServerStatus status) {
        return of(status, Optional.empty());
    }

    /** For an admin. */
    static StatusJson of(ServerStatus status, ConfigStatus config) {
        return of(status, Optional.of(config));
    }

    private static StatusJson of(ServerStatus status, Optional<ConfigStatus> config) {
        return new StatusJson(
                status.version(),
                status.started(),
                status.uptime().toSeconds(),
                status.listeners(),
                status.draining(),
                status.configFile(),
                config,
                status.connections(),
                status.streams(),
                status.certificateExpiry());
    }
}
