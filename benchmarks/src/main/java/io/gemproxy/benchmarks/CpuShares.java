package io.gemproxy.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * Says which {@link Room} the CPU time of a recording of {@code jdk.CPUTimeSample} went to. What
 * was not sampled is the virtual machine's own: its collector, its compilers, the recorder.
 */
public final class CpuShares {
    private final Map<Room, Long> nanos = new EnumMap<>(Room.class);
    private long samples;
    private long unseen;

    private CpuShares() {}

    /**
     * Prints a table.
     *
     * @param arguments the recording; microseconds of CPU time that the process took meanwhile;
     *     requests it answered meanwhile
     */
    public static void main(String[] arguments) throws IOException {
        CpuShares shares = new CpuShares();
        try (RecordingFile recording = new RecordingFile(Path.of(arguments[0]))) {
            while (recording.hasMoreEvents()) {
                shares.add(recording.readEvent());
            }
        }
        shares.print(System.out, Long.parseLong(arguments[1]), Long.parseLong(arguments[2]));
    }

    private void add(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case "jdk.CPUTimeSample" -> sample(event);
            case "jdk.CPUTimeSamplesLost" -> unseen += event.getLong("lostSamples");
            default -> {}
        }
    }

    private void sample(RecordedEvent event) {
        RecordedStackTrace stack = event.getStackTrace();
        if (stack == null) {
            unseen++;
            return;
        }
        samples++;
        List<String> classes =
                stack.getFrames().stream().map(it -> it.getMethod().getType().getName()).toList();
        Duration period = event.getDuration("samplingPeriod");
        nanos.merge(Room.of(classes), period.toNanos(), Long::sum);
    }

    private void print(PrintStream out, long cpuMicros, long requests) {
        out.printf(
                Locale.ROOT,
                "%-16s %8s %10s   (%d samples, %d without a stack)%n",
                "",
                "share",
                "us/req",
                samples,
                unseen);
        double left = cpuMicros;
        for (Room room : Room.values()) {
            double micros = nanos.getOrDefault(room, 0L) / 1e3;
            left -= micros;
            row(out, room.name().toLowerCase(Locale.ROOT), micros, cpuMicros, requests);
        }
        row(out, "virtual machine", left, cpuMicros, requests);
        row(out, "all", cpuMicros, cpuMicros, requests);
    }

    private static void row(
            PrintStream out, String name, double micros, long cpuMicros, long requests) {
        out.printf(
                Locale.ROOT,
                "%-16s %6.1f %% %10.2f%n",
                name,
                100 * micros / cpuMicros,
                micros / requests);
    }
}
