package io.gemproxy.server.metrics;

import io.helidon.metrics.api.Tag;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** The values that are read, not counted: the server's state and its process. */
public final class ServerMeters {
    private ServerMeters() {}

    /** Registers all of them; they live until {@code meters} is closed. */
    public static void register(
            Meters meters, ServerFacts facts, ProcessFacts process, InstantSource clock) {
        server(meters, facts);
        meters.gauge(
                "gemini_proxy_uptime_seconds",
                "Seconds since the server started",
                () ->
                        OperationMeters.inSeconds(
                                Duration.between(facts.started(), clock.instant())));
        process(meters, process);
    }

    private static void server(Meters meters, ServerFacts facts) {
        meters.gauge(
                "gemini_proxy_build_info",
                "Always 1; the label says the version",
                () -> 1.0,
                Tag.create("version", facts.version()));
        meters.gauge(
                "gemini_proxy_active_requests",
                "Requests in work",
                () -> (double) facts.activeRequests().getAsInt());
        meters.gauge(
                "gemini_proxy_open_connections",
                "Connections of clients",
                () -> (double) facts.openConnections().getAsInt());
        meters.counted(
                "gemini_proxy_audit_records_total", "Audit records written", facts.auditRecords());
        meters.counted(
                "gemini_proxy_audit_records_lost_total",
                "Audit records that could not be written",
                facts.auditLost());
        meters.counted(
                "gemini_proxy_state_write_failures_total",
                "Attempts to write the state directory that failed",
                facts.stateWriteFailures());
    }

    private static void process(Meters meters, ProcessFacts process) {
        read(meters, "heap_used_bytes", "Java heap in use", process::heapUsedBytes);
        read(meters, "threads", "Platform threads", process::threads);
        // a value this platform cannot give is left out, not shown as zero
        if (process.isStatusKnown()) {
            read(meters, "resident_memory_bytes", "Resident memory", process::residentBytes);
        }
        if (process.isSystemKnown()) {
            read(meters, "cpu_seconds", "CPU time used, user and system", process::cpuSeconds);
            read(meters, "open_fds", "Open file descriptors", process::openDescriptors);
            read(meters, "max_fds", "Limit of file descriptors", process::maxDescriptors);
        }
    }

    private static void read(
            Meters meters, String name, String description, Supplier<OptionalDouble> value) {
        meters.gauge(
                "gemini_proxy_process_" + name, description, () -> value.get().orElse(Double.NaN));
    }
}
