package io.gemproxy.cli;

import io.gemproxy.server.audit.AuditConfig;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.exchange.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A log of three records with its chain, where the server of an installation writes it.
 *
 * @param log the records
 * @param key of the chain
 * @param head of the chain
 */
record SampleAuditLog(Path log, Path key, Path head) {
    static SampleAuditLog in(Path directory) {
        return new SampleAuditLog(
                directory.resolve("logs/audit.log"),
                directory.resolve("config/audit-chain.key"),
                directory.resolve("var/audit.head"));
    }

    /** Adds the three records. */
    SampleAuditLog write() throws IOException {
        AuditConfig config =
                new AuditConfig(
                        log,
                        AuditConfig.OnFailure.BLOCK,
                        AuditConfig.Fsync.NONE,
                        key,
                        head,
                        new AuditConfig.Rotation(1L << 40, false),
                        new AuditConfig.Retention(
                                OptionalInt.empty(), Duration.ofDays(90), 1L << 40));
        try (AuditLog open =
                AuditLog.open(config, () -> CliRun.NOW, System::nanoTime, new SecureRandom())) {
            for (String version : List.of("1", "2", "3")) {
                open.record(
                        AuditEvent.of(
                                AuditEvent.Type.SERVER_STARTED,
                                CliRun.NOW,
                                "server.start",
                                Result.SUCCESS,
                                Map.of("version", version)));
            }
        }
        return this;
    }
}
