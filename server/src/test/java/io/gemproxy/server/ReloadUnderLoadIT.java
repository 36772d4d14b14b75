package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.reload.ReloadOutcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reloads cost no request and leave nothing behind. */
class ReloadUnderLoadIT {
    private static final int RELOADS = Boolean.getBoolean("gemproxy.prove") ? 1_000 : 60;
    private static final int WARM_UP = 12;
    private static final int STRETCHES = 3;

    /** What may be there besides: idle connections to Google, objects that are made when needed. */
    private static final Footprint SLACK = new Footprint(8, 8, 500);

    /** Of a stretch, in bytes; a scrubber that forgot no key would keep 14 kB of each reload. */
    private static final long MOST_GROWTH = 500_000 + RELOADS * 4_000L;

    private static final int CLIENTS = 4;
    private static final String GENERATE = ServerFixture.FLASH + ":generateContent";
    private static final String STREAM = ServerFixture.FLASH + ":streamGenerateContent?alt=sse";
    private static final byte[] BODY =
            "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}".getBytes(StandardCharsets.UTF_8);

    private final LongAdder served = new LongAdder();
    private final ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();

    /**
     * In one run: a stream of a key that comes and goes lasts from the first reload to the last.
     */
    @Test
    void underLoadNoRequestFailsNothingStaysBehindAndTheStreamOfARemovedKeyEnds() throws Exception {
        try (ServerFixture fixture = ServerFixture.usual()) {
            String sound = fixture.config.text();
            reloadUnderLoad(fixture, sound, "alpha", WARM_UP);
            Footprint before = Footprint.settled();
            fixture.simulator.script("model gemini-2.5-flash: once events 3 and gate hold");
            var gate = fixture.simulator.stream("hold");
            try (Wire held = fixture.connect()) {
                held.send("POST", STREAM, List.of("x-goog-api-key: " + fixture.token()), BODY);
                assertTrue(gate.awaitWaiter(ServerFixture.PATIENCE));
                gate.release();
                String lent = String.valueOf(fixture.keysSeen().getLast());
                reloadUnderLoad(fixture, sound, lent, RELOADS);
                gate.open();
                Wire.Reply reply = held.read();
                assertEquals(200, reply.status());
                assertTrue(reply.whole(), "the stream came to its end");
            }
            Footprint most = before.plus(SLACK);
            Footprint after = Footprint.awaited(now -> now.isWithin(most));
            assertTrue(after.isWithin(most), before + ", then " + after);
            assertEquals(List.of(), List.copyOf(failed));
            assertTrue(served.sum() >= RELOADS, "there was load: " + served.sum());
        }
    }

    /** Ends with the configuration as it was at first. */
    private void reloadUnderLoad(ServerFixture fixture, String sound, String key, int times)
            throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean over = new AtomicBoolean();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String target = i % 2 == 0 ? GENERATE : STREAM;
                running.add(clients.submit(() -> call(fixture, target, over)));
            }
            try {
                for (int i = 0; i < times; i++) {
                    long before = served.sum();
                    String next = variant(sound, i, key);
                    ReloadOutcome outcome = fixture.config.reload(fixture.server, _ -> next);
                    assertEquals(
                            i % 3 == 2,
                            outcome instanceof ReloadOutcome.Rejected,
                            () -> outcome.toString());
                    ServerFixture.await(
                            () -> served.sum() > before || !failed.isEmpty(),
                            ServerFixture.PATIENCE,
                            "a request");
                }
            } finally {
                over.set(true);
            }
            for (Future<?> one : running) {
                one.get();
            }
            fixture.config.reload(fixture.server, _ -> sound);
        }
    }

    @Test
    void reloadsLeaveNoThreadNoDescriptorAndNoHeapBehind() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().tls().start()) {
            String sound = fixture.config.text();
            for (int i = 0; i < 20; i++) {
                reloadWithNewSecret(fixture, sound, i);
            }
            long descriptors = descriptors();
            int threads = Thread.getAllStackTraces().size();
            // a leak shows in each stretch, what else lives in this machine hardly in all
            long grown = Long.MAX_VALUE;
            for (int stretch = 0; stretch < STRETCHES && grown >= MOST_GROWTH; stretch++) {
                long heap = heap();
                for (int i = 0; i < RELOADS; i++) {
                    reloadWithNewSecret(fixture, sound, 20 + stretch * RELOADS + i);
                }
                grown = Math.min(grown, heap() - heap);
            }
            int threadsAfter = Thread.getAllStackTraces().size();
            assertTrue(threadsAfter <= threads + 8, threads + " threads, then " + threadsAfter);
            long descriptorsAfter = descriptors();
            assertTrue(
                    descriptorsAfter <= descriptors + 8,
                    descriptors + " descriptors, then " + descriptorsAfter);
            assertTrue(grown < MOST_GROWTH, "each time the heap grew, at least " + grown);
        }
    }

    @Test
    void theStreamOfARemovedKeyRunsToItsEnd() throws Exception {
        try (ServerFixture fixture = ServerFixture.with().key("alpha", "p-one").start()) {
            fixture.simulator.key("beta", ServerFixture.keyOf("beta"), "p-two");
            fixture.simulator.script("key alpha: always events 3 and gate hold");
            var gate = fixture.simulator.stream("hold");
            try (Wire wire = fixture.connect()) {
                wire.send("POST", STREAM, List.of("x-goog-api-key: " + fixture.token()), BODY);
                assertTrue(gate.awaitWaiter(ServerFixture.PATIENCE));
                gate.release();
                assertInstanceOf(
                        ReloadOutcome.Applied.class,
                        fixture.config.reload(
                                fixture.server,
                                yaml ->
                                        yaml.replace("id: alpha", "id: beta")
                                                .replace(
                                                        ServerFixture.keyOf("alpha"),
                                                        ServerFixture.keyOf("beta"))
                                                .replace("p-one", "p-two")));
                assertEquals(
                        200,
                        fixture.post(GENERATE, new String(BODY, StandardCharsets.UTF_8)).status());
                gate.open();
                Wire.Reply reply = wire.read();
                assertEquals(200, reply.status());
                assertTrue(reply.whole(), "the stream came to its end");
            }
            assertEquals(List.of("alpha", "beta"), fixture.keysSeen());
        }
    }

    private void call(ServerFixture fixture, String target, AtomicBoolean over) {
        List<String> fields = List.of("x-goog-api-key: " + fixture.token());
        try (Wire wire = fixture.connect()) {
            while (!over.get()) {
                wire.send("POST", target, fields, BODY);
                Wire.Reply reply = wire.read();
                if (reply.status() != 200 || !reply.whole()) {
                    failed.add(reply.status() + " " + reply.text());
                }
                served.increment();
            }
        } catch (IOException broken) {
            failed.add(broken.toString());
        }
    }

    /** Keys that come and go, other weights, limits and policies, and each third one wrong. */
    private static String variant(String sound, int i, String key) {
        return switch (i % 6) {
            case 0 -> sound.replaceFirst(" {4}- \\{id: " + key + "[^\n]*\n", "");
            case 1 ->
                    sound.replace("project: 'p-two'", "project: 'p-two', weight: " + (i % 7 + 2))
                            .replace("auth:\n", "auth:\n  rate_limit_per_minute: 999999\n");
            case 2 -> sound.replace("port: 0", "port: none");
            case 3 ->
                    sound.replace("gemini:\n", "gemini:\n  selection: least_loaded\n")
                            .replaceFirst(" {4}- \\{id: (?!" + key + ")[^\n]*\n", "");
            case 4 -> sound.replace("auth:\n", "auth:\n  clients: [{name: ci" + i + "}]\n");
            default -> sound.replace("auth:\n", "auth:\n\t");
        };
    }

    private static void reloadWithNewSecret(ServerFixture fixture, String sound, int i)
            throws IOException {
        String secret =
                Emissions.OF_THIS_RUN.secret(
                        "the passing key " + i,
                        "AIzaSyPassing" + String.format("%06d", i) + "QpX2vLmN9sRtB4wYcD6f");
        assertInstanceOf(
                ReloadOutcome.Applied.class,
                fixture.config.reload(
                        fixture.server, _ -> sound.replace(ServerFixture.keyOf("alpha"), secret)));
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
