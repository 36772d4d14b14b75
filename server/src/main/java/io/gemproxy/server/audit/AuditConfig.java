package io.gemproxy.server.audit;

import java.nio.file.Path;

/**
 * The {@code audit} section.
 *
 * @param path of the log file
 * @param onFailure what happens to requests while the log cannot be written
 */
public record AuditConfig(Path path, OnFailure onFailure) {
    /** Whether requests are refused or served while the log cannot be written. */
    public enum OnFailure {
        BLOCK,
        ALLOW
    }
}
