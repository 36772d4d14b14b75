package io.gemproxy.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this machine holds: threads of both kinds, open descriptors, and the living objects of the
 * rooms in which a configuration and what was made of it live. What is kept of each request is in
 * other rooms, so that load does not count.
 */
record Footprint(long threads, long descriptors, long objects) {
    private static final Pattern ROW =
            Pattern.compile("^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+)", Pattern.MULTILINE);
    private static final Pattern OF_A_CONFIGURATION =
            Pattern.compile(
                    "io[.]gemproxy[.]server[.](config|reload|keys|ratelimit|upstream"
                            + "|authentication|listener|usage|logging)[.].*");
    private static final String VIRTUAL = "java.lang.VirtualThread";

    /** Once it does not change any more. */
    static Footprint settled() {
        Footprint[] last = {now()};
        return awaited(next -> {
            boolean same = next.equals(last[0]);
            last[0] = next;
            return same;
        });
    }

    /** Once it is enough, or after patience without it. */
    static Footprint awaited(Predicate<Footprint> enough) {
        long deadline = System.nanoTime() + ServerFixture.PATIENCE.toNanos();
        Footprint now = now();
        while (!enough.test(now) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
            now = now();
        }
        return now;
    }

    boolean isWithin(Footprint most) {
        return threads <= most.threads
                && descriptors <= most.descriptors
                && objects <= most.objects;
    }

    Footprint plus(Footprint more) {
        return new Footprint(
                threads + more.threads, descriptors + more.descriptors, objects + more.objects);
    }

    private static Footprint now() {
        Map<String, Long> living = living();
        long objects =
                living.entrySet().stream()
                        .filter(it -> OF_A_CONFIGURATION.matcher(it.getKey()).matches())
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        long threads =
                ManagementFactory.getThreadMXBean().getThreadCount()
                        + living.getOrDefault(VIRTUAL, 0L);
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return new Footprint(threads, open.count(), objects);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The instances of each class that a collection of the whole heap leaves. */
    private static Map<String, Long> living() {
        try {
            String histogram =
                    (String)
                            ManagementFactory.getPlatformMBeanServer()
                                    .invoke(
                                            new ObjectName(
                                                    "com.sun.management:type=DiagnosticCommand"),
                                            "gcClassHistogram",
                                            new Object[] {new String[0]},
                                            new String[] {String[].class.getName()});
            Matcher row = ROW.matcher(histogram);
            return row.results()
                    .collect(
                            Collectors.toMap(
                                    it -> it.group(2), it -> Long.valueOf(it.group(1)), Long::sum));
        } catch (JMException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
