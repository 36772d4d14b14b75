package io.gemproxy.server.audit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.server.audit.AuditConfig.Fsync;
import io.gemproxy.server.audit.AuditConfig.OnFailure;
import io.gemproxy.server.audit.AuditConfig.Retention;
import io.gemproxy.server.audit.AuditConfig.Rotation;
import io.gemproxy.server.audit.chain.ChainKey;
import io.gemproxy.server.audit.chain.ChainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A log in a directory: {@code logs/audit.log}, its head in {@code var}, its key in {@code config}.
 */
final class AuditRig {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Rotation NEVER = new Rotation(1L << 40, false);
    static final Retention ALL = new Retention(OptionalInt.empty(), Duration.ofDays(900), 1L << 40);

    final Path log;
    final Path head;
    final Path key;
    final AtomicReference<Instant> now = new AtomicReference<>(Exchanges.START);
    final InstantSource clock = now::get;

    AuditRig(Path directory) {
        log = directory.resolve("logs/audit.log");
        head = directory.resolve("var/audit.head");
        key = directory.resolve("config/audit-chain.key");
    }

    AuditConfig config(OnFailure onFailure) {
        return config(onFailure, Fsync.SECOND, NEVER, ALL);
    }

    AuditConfig config(OnFailure onFailure, Fsync fsync, Rotation rotation, Retention retention) {
        return new AuditConfig(log, onFailure, fsync, key, head, rotation, retention);
    }

    /** The usual one with its log elsewhere. */
    AuditConfig at(Path path, OnFailure onFailure) {
        return new AuditConfig(path, onFailure, Fsync.SECOND, key, head, NEVER, ALL);
    }

    AuditLog open() throws IOException {
        return open(config(OnFailure.BLOCK));
    }

    AuditLog open(AuditConfig config) throws IOException {
        return AuditLog.open(config, clock, System::nanoTime, new SecureRandom());
    }

    /** On another disk than that of the directory. */
    AuditLog open(AuditFile.Opener disk, OnFailure onFailure, int capacity) throws IOException {
        return open(disk, onFailure, Fsync.SECOND, capacity);
    }

    AuditLog open(AuditFile.Opener disk, OnFailure onFailure, Fsync fsync, int capacity)
            throws IOException {
        return AuditLog.open(
                config(onFailure, fsync, NEVER, ALL),
                log,
                disk,
                new AuditLog.Room(capacity, Duration.ofMillis(50)),
                clock,
                System::nanoTime,
                new SecureRandom());
    }

    /** Opens the log, writes a call of each id, and closes it. */
    void write(String... ids) throws IOException {
        write(config(OnFailure.BLOCK), ids);
    }

    void write(AuditConfig config, String... ids) throws IOException {
        try (AuditLog log = open(config)) {
            for (String id : ids) {
                log.finished(Exchanges.call(id));
            }
        }
    }

    ChainReport verify() throws IOException {
        return AuditVerification.of(log, head, List.of(ChainKey.read(key)), false).report();
    }

    static List<JsonNode> entries(Path path) throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            entries.add(new ObjectMapper().readTree(line));
        }
        return entries;
    }

    static List<Long> sequence(Path path) throws IOException {
        return entries(path).stream().map(entry -> entry.path("seq").asLong()).toList();
    }

    /** What the log says about itself. */
    static List<String> actions(Path path) throws IOException {
        return entries(path).stream()
                .filter(entry -> entry.path("event_type").asText().equals("AdminAction"))
                .map(entry -> entry.path("action").asText())
                .filter(action -> action.startsWith("audit."))
                .toList();
    }

    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - deadline < 0, "did not come about in time");
            LockSupport.parkNanos(1_000_000);
        }
    }
}
