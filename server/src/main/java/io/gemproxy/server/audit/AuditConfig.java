package io.gemproxy.server.audit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The {@code audit} section.
 *
 * @param path of the log file
 * @param onFailure what happens to requests while the log cannot be written
 * @param fsync when what was written is handed to the disk
 * @param chainKeyFile holds the key of the hash chain; made where there is none
 * @param headFile where the log says, signed, how far it has got
 * @param rotation when a new file is begun
 * @param retention which rotated files are kept
 */
public record AuditConfig(
        Path path,
        OnFailure onFailure,
        Fsync fsync,
        Path chainKeyFile,
        Path headFile,
        Rotation rotation,
        Retention retention) {
    /** The head's name in the state directory. */
    public static final String HEAD = "audit.head";

    /** Whether requests are refused or served while the log cannot be written. */
    public enum OnFailure {
        BLOCK,
        ALLOW
    }

    /** When what was written is handed to the disk, and so what a power cut may cost. */
    public enum Fsync {
        /** After each batch of records: some milliseconds. */
        BATCH,
        /** Once a second: one second, or 8 MiB if that comes first. */
        SECOND,
        /** At rotation and at the stop: what the system had not written by itself. */
        NONE
    }

    /**
     * When a new file is begun.
     *
     * @param bytes that a file may reach; one batch of records may go beyond
     * @param daily whether also with each day, by UTC
     */
    public record Rotation(long bytes, boolean daily) {}

    /**
     * Which rotated files are kept; the oldest go first.
     *
     * @param files at most so many; empty means any number
     * @param age since a file was last written
     * @param bytes of all of them together
     */
    public record Retention(OptionalInt files, Duration age, long bytes) {}
}
