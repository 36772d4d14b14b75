package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.await;
import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ending an exchange from outside: abort, interrupt, close and the deadlines. */
@Timeout(30)
class UpstreamAbortIT {
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc";

    private static ScriptedUpstream stalls(String bytes, CountDownLatch closedByClient)
            throws IOException {
        return new ScriptedUpstream(conversation -> {
            conversation.request();
            conversation.say(bytes);
            conversation.awaitClose();
            closedByClient.countDown();
        });
    }

    private static ApacheUpstreamClient client(ScriptedUpstream upstream) {
        return ApacheUpstreamClient.create(config(upstream.uri("http")), System::nanoTime);
    }

    private static UpstreamConfig impatient(
            URI uri, Duration firstByte, Duration idle, Duration total) {
        return new UpstreamConfig(uri, Duration.ofSeconds(5), firstByte, idle, total, 8);
    }

    /** Runs on a virtual thread, as the proxy does. */
    private static CompletableFuture<Integer> inBackground(
            java.util.concurrent.Callable<Integer> work, CompletableFuture<Thread> thread) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            thread.complete(Thread.currentThread());
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    private static <T extends Throwable> T failure(
            CompletableFuture<Integer> result, Class<T> kind) {
        ExecutionException failed =
                assertThrows(ExecutionException.class, () -> result.get(10, TimeUnit.SECONDS));
        return assertInstanceOf(kind, failed.getCause());
    }

    private static void assertNothingLeft(ApacheUpstreamClient client) throws Exception {
        await(() -> client.leased() == 0 && client.idle() == 0);
        await(() -> client.watchdog().size() == 1);
    }

    @Test
    void abortBeforeTheHeadEndsTheCallAtOnce() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = stalls("", closed);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamCall call = client.call(get());
            CompletableFuture<Integer> result =
                    inBackground(() -> call.send().status(), new CompletableFuture<>());
            await(() -> upstream.heads().size() == 1);
            call.abort();
            call.abort();
            UpstreamException aborted = failure(result, UpstreamException.class);
            assertEquals(Fault.ABORTED, aborted.fault());
            assertTrue(aborted.mayHaveActed());
            closed.await();
            assertNothingLeft(client);
        }
    }

    @Test
    void abortWhileReadingEndsTheReadAtOnce() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = stalls(HALF, closed);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamCall call = client.call(get());
            UpstreamResponse response = call.send();
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Integer> result =
                    inBackground(
                            () -> {
                                response.body().readNBytes(3);
                                reading.countDown();
                                return response.body().read();
                            },
                            new CompletableFuture<>());
            reading.await();
            call.abort();
            assertEquals(Fault.ABORTED, failure(result, BrokenAnswerException.class).fault());
            closed.await();
            response.close();
            assertNothingLeft(client);
        }
    }

    @Test
    void abortBeforeSendingMeansNothingIsSent() throws Exception {
        try (ScriptedUpstream upstream = stalls("", new CountDownLatch(1));
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamCall call = client.call(get());
            call.abort();
            UpstreamException aborted = assertThrows(UpstreamException.class, call::send);
            assertEquals(Fault.ABORTED, aborted.fault());
            assertFalse(aborted.mayHaveActed());
            assertEquals(0, upstream.connections());
            assertNothingLeft(client);
        }
    }

    @Test
    void abortWhileWaitingForAConnectionOfAFullPool() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = stalls(HALF, closed);
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                new UpstreamConfig(
                                        upstream.uri("http"),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        1),
                                System::nanoTime);
                UpstreamResponse only = client.call(get()).send()) {
            UpstreamCall second = client.call(get());
            CompletableFuture<Integer> result =
                    inBackground(() -> second.send().status(), new CompletableFuture<>());
            await(() -> client.waiting() == 1);
            second.abort();
            UpstreamException aborted = failure(result, UpstreamException.class);
            assertEquals(Fault.ABORTED, aborted.fault());
            assertFalse(aborted.mayHaveActed());
            assertEquals('a', only.body().read());
        }
    }

    @Test
    void fullPoolIsATimeoutAfterTheConnectDeadline() throws Exception {
        try (ScriptedUpstream upstream = stalls(HALF, new CountDownLatch(1));
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                new UpstreamConfig(
                                        upstream.uri("http"),
                                        Duration.ofMillis(300),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        1),
                                System::nanoTime);
                UpstreamResponse only = client.call(get()).send()) {
            UpstreamException full =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TIMEOUT, full.fault());
            assertFalse(full.mayHaveActed());
            assertEquals(200, only.status());
        }
    }

    @Test
    void interruptBeforeTheHeadEndsTheCall() throws Exception {
        try (ScriptedUpstream upstream = stalls("", new CountDownLatch(1));
                ApacheUpstreamClient client = client(upstream)) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            CompletableFuture<Integer> result =
                    inBackground(() -> client.call(get()).send().status(), thread);
            await(() -> upstream.heads().size() == 1);
            thread.get().interrupt();
            assertEquals(Fault.ABORTED, failure(result, UpstreamException.class).fault());
            assertNothingLeft(client);
        }
    }

    @Test
    void interruptWhileReadingEndsTheRead() throws Exception {
        try (ScriptedUpstream upstream = stalls(HALF, new CountDownLatch(1));
                ApacheUpstreamClient client = client(upstream)) {
            CompletableFuture<Thread> thread = new CompletableFuture<>();
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<Integer> result =
                    inBackground(
                            () -> {
                                UpstreamResponse response = client.call(get()).send();
                                response.body().readNBytes(3);
                                reading.countDown();
                                return response.body().read();
                            },
                            thread);
            reading.await();
            thread.get().interrupt();
            assertEquals(Fault.ABORTED, failure(result, BrokenAnswerException.class).fault());
            assertNothingLeft(client);
        }
    }

    @Test
    void closeInTheMiddleOfAStreamNeitherDrainsNorBlocks() throws Exception {
        CountDownLatch closed = new CountDownLatch(2);
        try (ScriptedUpstream upstream = stalls(HALF, closed);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamResponse response = client.call(get()).send();
            assertEquals('a', response.body().read());
            long start = System.nanoTime();
            response.close();
            UpstreamResponse other = client.call(get()).send();
            other.body().close();
            assertTrue(Duration.ofNanos(System.nanoTime() - start).toSeconds() < 2);
            closed.await();
            assertEquals(2, upstream.connections());
            assertNothingLeft(client);
        }
    }

    @Test
    void abortAfterACompleteAnswerHarmsNobodyElse() throws Exception {
        ScriptedUpstream.Script answers =
                conversation -> {
                    while (conversation.request() != null) {
                        conversation.say(ok("fine"));
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(answers);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamCall first = client.call(get());
            try (UpstreamResponse response = first.send()) {
                response.body().readAllBytes();
            }
            try (UpstreamResponse second = client.call(get()).send()) {
                first.abort();
                assertEquals(
                        "fine",
                        new String(second.body().readAllBytes(), StandardCharsets.US_ASCII));
            }
            assertEquals(1, upstream.connections());
        }
    }

    @Test
    void silenceBeforeTheHeadIsATimeout() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ScriptedUpstream upstream = stalls("", closed);
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                impatient(
                                        upstream.uri("http"),
                                        Duration.ofMillis(200),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20)),
                                System::nanoTime)) {
            UpstreamException late =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TIMEOUT, late.fault());
            assertTrue(late.mayHaveActed());
            closed.await();
            assertNothingLeft(client);
        }
    }

    @Test
    void requestCanShortenTheTimeToTheHead() throws Exception {
        try (ScriptedUpstream upstream = stalls("", new CountDownLatch(1));
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamRequest get = get();
            UpstreamRequest hurried =
                    new UpstreamRequest(
                            get.method(),
                            get.pathAndQuery(),
                            get.headers(),
                            get.body(),
                            get.key(),
                            get.placement(),
                            Optional.of(Duration.ofMillis(200)));
            UpstreamException late =
                    assertThrows(UpstreamException.class, () -> client.call(hurried).send());
            assertEquals(Fault.TIMEOUT, late.fault());
        }
    }

    @Test
    void silenceInsideABodyIsATimeout() throws Exception {
        try (ScriptedUpstream upstream = stalls(HALF, new CountDownLatch(1));
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                impatient(
                                        upstream.uri("http"),
                                        Duration.ofSeconds(20),
                                        Duration.ofMillis(200),
                                        Duration.ofSeconds(20)),
                                System::nanoTime);
                UpstreamResponse response = client.call(get()).send()) {
            BrokenAnswerException late =
                    assertThrows(BrokenAnswerException.class, () -> response.body().readAllBytes());
            assertEquals(Fault.TIMEOUT, late.fault());
            assertNothingLeft(client);
        }
    }

    @Test
    void dripThatNeverEndsMeetsTheTotalDeadline() throws Exception {
        ScriptedUpstream.Script drips =
                conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
                    while (true) {
                        conversation.say("x");
                        LockSupport.parkNanos(100_000);
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(drips);
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                impatient(
                                        upstream.uri("http"),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        Duration.ofMillis(300)),
                                System::nanoTime);
                UpstreamResponse response = client.call(get()).send()) {
            BrokenAnswerException late =
                    assertThrows(
                            BrokenAnswerException.class,
                            () -> {
                                while (response.body().read() >= 0) {
                                    Thread.onSpinWait();
                                }
                            });
            assertEquals(Fault.TIMEOUT, late.fault());
        }
    }

    @Test
    void peerThatNeverShakesHandsMeetsTheConnectDeadline() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                new UpstreamConfig(
                                        URI.create("https://localhost:" + mute.getLocalPort()),
                                        Duration.ofMillis(300),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        Duration.ofSeconds(20),
                                        8),
                                System::nanoTime)) {
            UpstreamException late =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TIMEOUT, late.fault());
            assertFalse(late.mayHaveActed());
            assertNothingLeft(client);
        }
    }

    @Test
    void abortDuringTheTlsHandshakeEndsTheCallAtOnce() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                ApacheUpstreamClient client =
                        ApacheUpstreamClient.create(
                                config(URI.create("https://localhost:" + mute.getLocalPort())),
                                System::nanoTime)) {
            UpstreamCall call = client.call(get());
            CompletableFuture<Integer> result =
                    inBackground(() -> call.send().status(), new CompletableFuture<>());
            mute.accept().getInputStream().read();
            call.abort();
            UpstreamException aborted = failure(result, UpstreamException.class);
            assertEquals(Fault.ABORTED, aborted.fault());
            assertFalse(aborted.mayHaveActed());
            assertNothingLeft(client);
        }
    }
}
