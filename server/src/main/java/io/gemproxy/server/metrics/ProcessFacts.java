package io.gemproxy.server.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the operating system and the JVM say about this process; empty where they do not. */
public final class ProcessFacts {
    private static final long BYTES_PER_KILOBYTE = 1024;

    private final Path procStatus;

    public ProcessFacts() {
        this(Path.of("/proc/self/status"));
    }

    ProcessFacts(Path procStatus) {
        this.procStatus = procStatus;
    }

    /** Whether this is Linux, which says how much memory a process has. */
    boolean isStatusKnown() {
        return Files.exists(procStatus);
    }

    /**
     * Whether the JVM tells processor time and descriptors; without asking it, because its first
     * answer takes long for a start.
     */
    boolean isSystemKnown() {
        return File.separatorChar == '/'
                && ModuleLayer.boot().findModule("jdk.management").isPresent();
    }

    /** User and system time since the process began. */
    public OptionalDouble cpuSeconds() {
        return system().map(bean -> bean.getProcessCpuTime())
                .filter(nanos -> nanos >= 0)
                .map(nanos -> OptionalDouble.of(nanos / 1e9))
                .orElse(OptionalDouble.empty());
    }

    /** Physical memory, from Linux's {@code VmRSS}. */
    public OptionalDouble residentBytes() {
        try (var lines = Files.lines(procStatus)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> kilobytes(line) * BYTES_PER_KILOBYTE)
                    .findFirst();
        } catch (IOException | java.io.UncheckedIOException e) {
            return OptionalDouble.empty();
        }
    }

    public OptionalDouble heapUsedBytes() {
        return OptionalDouble.of(
                (double) ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    /** Platform threads; virtual ones are not counted by the JVM. */
    public OptionalDouble threads() {
        return OptionalDouble.of((double) ManagementFactory.getThreadMXBean().getThreadCount());
    }

    public OptionalDouble openDescriptors() {
        return system().map(bean -> OptionalDouble.of((double) bean.getOpenFileDescriptorCount()))
                .orElse(OptionalDouble.empty());
    }

    public OptionalDouble maxDescriptors() {
        return system().map(bean -> OptionalDouble.of((double) bean.getMaxFileDescriptorCount()))
                .orElse(OptionalDouble.empty());
    }

    private static Optional<UnixOperatingSystemMXBean> system() {
        return ManagementFactory.getOperatingSystemMXBean()
                        instanceof UnixOperatingSystemMXBean bean
                ? Optional.of(bean)
                : Optional.empty();
    }

    private static long kilobytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
    }
}
