package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.file;
import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.oneOf;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.standard;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about the audit log. */
final class AuditSettings {
    private static final long MILLION = 1_000_000;

    private AuditSettings() {}

    static List<Setting> all() {
        return List.of(
                file("audit.path", "logs/audit.log", "The audit log, one JSON object a line.")
                        .onRestart(),
                standard(
                                "audit.on_failure",
                                oneOf("allow", "block"),
                                "allow",
                                "Whether requests are served while the audit log cannot be written.",
                                "block")
                        .onRestart(),
                standard(
                                "audit.fsync",
                                oneOf("batch", "second", "none"),
                                "second",
                                "When records are handed to the disk, and so what a power cut may cost.",
                                "batch")
                        .onRestart(),
                file(
                                "audit.chain_key_file",
                                "config/audit-chain.key",
                                "The key of the hash chain; made where there is none.")
                        .onRestart(),
                whole(
                                "audit.rotate_bytes",
                                4_096,
                                1L << 40,
                                "104857600",
                                "How large the file may get before a new one is begun.")
                        .onRestart(),
                flag("audit.rotate_daily", "true", "Whether each day, by UTC, has its own file.")
                        .onRestart(),
                optional(
                                "audit.keep_files",
                                new Kind.Whole(1, MILLION),
                                "100",
                                "The most rotated files that are kept; without it there is no such limit.")
                        .onRestart(),
                whole("audit.keep_days", 1, 36_500, "90", "How long a rotated file is kept.")
                        .onRestart(),
                whole(
                                "audit.keep_bytes",
                                1,
                                1L << 50,
                                "10737418240",
                                "How much all rotated files may take; the oldest go first.")
                        .onRestart());
    }
}
