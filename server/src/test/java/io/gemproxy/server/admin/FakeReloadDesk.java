package io.gemproxy.server.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A configuration whose file is valid, or not, as a test wants it. */
final class FakeReloadDesk implements ReloadDesk {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final FindingReport WRONG =
            new FindingReport(
                    "GPX1005",
                    "error",
                    "proxy.yaml",
                    Optional.of(3),
                    Optional.of(9),
                    "server.port",
                    "must be a whole number from 0 to 65535",
                    "for example port: 8443");

    boolean valid = true;
    boolean partial;

    @Override
    public ReloadReport reload(String actor) {
        return new ReloadReport(
                AT,
                "api",
                actor,
                partial ? "partial" : valid ? "applied" : "rejected",
                "0123456789abcdef",
                valid ? List.of("logging.level", "server.port") : List.of(),
                valid ? List.of("server.port") : List.of(),
                valid && !partial ? List.of() : List.of(WRONG));
    }

    @Override
    public ConfigStatus status() {
        return new ConfigStatus(
                "0123456789abcdef",
                AT,
                List.of("server.port"),
                List.of("limits"),
                new DiskStatus("differs", Optional.of(AT)),
                List.of(),
                Optional.of(reload("root")));
    }
}
