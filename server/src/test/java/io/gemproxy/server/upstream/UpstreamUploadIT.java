package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.await;
import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large bodies on their way up: flat memory, no short completion, refusals that arrive. */
@Timeout(60)
class UpstreamUploadIT {
    private static final long LARGE = 64L * 1024 * 1024;
    private static final String REFUSAL =
            "HTTP/1.1 413 Too Large\r\nContent-Length: 7\r\n\r\nrefused";

    private final TestCertificate certificate;

    UpstreamUploadIT() throws Exception {
        certificate = TestCertificate.forHost("localhost");
    }

    private ScriptedUpstream upstream(boolean tls, ScriptedUpstream.Script script)
            throws Exception {
        return new ScriptedUpstream(tls ? certificate.server() : null, script);
    }

    private ApacheUpstreamClient client(ScriptedUpstream upstream, boolean tls) throws Exception {
        return ApacheUpstreamClient.create(
                config(upstream.uri(tls ? "https" : "http")),
                certificate.client(),
                System::nanoTime);
    }

    private static UpstreamRequest upload(Filler content, boolean chunked, long size) {
        return request("POST", new UpstreamRequest.Stream(content, chunked ? -1 : size));
    }

    private static UpstreamRequest upload(boolean chunked) {
        return upload(new Filler(LARGE, false), chunked, LARGE);
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void largeBodyArrivesWhole(boolean tls, boolean chunked) throws Exception {
        ScriptedUpstream.Script counts =
                conversation -> {
                    ScriptedUpstream.Request request = conversation.request();
                    conversation.say(ok(String.valueOf(request == null ? -1 : request.length())));
                };
        try (ScriptedUpstream upstream = upstream(tls, counts);
                ApacheUpstreamClient client = client(upstream, tls)) {
            assertEquals(String.valueOf(LARGE), fetch(client, upload(chunked)).body());
        }
    }

    @Test
    void bodyIsNotReadAheadOfAnUpstreamThatTakesNone() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        ScriptedUpstream.Script takesNone =
                conversation -> {
                    conversation.head();
                    enough.await();
                    conversation.reset();
                };
        Filler content = new Filler(LARGE, false);
        try (ScriptedUpstream upstream = upstream(false, takesNone);
                ApacheUpstreamClient client = client(upstream, false)) {
            UpstreamCall call = client.call(upload(content, false, LARGE));
            CompletableFuture<Throwable> failed = new CompletableFuture<>();
            Thread.startVirtualThread(
                    () -> failed.complete(assertThrows(UpstreamException.class, call::send)));
            AtomicLong before = new AtomicLong(-1);
            AtomicLong since = new AtomicLong(System.nanoTime());
            await(() -> {
                long given = content.given();
                if (before.getAndSet(given) != given) {
                    since.set(System.nanoTime());
                }
                return given > 0
                        && System.nanoTime() - since.get() > TimeUnit.MILLISECONDS.toNanos(300);
            });
            assertTrue(content.given() < LARGE / 2, "read ahead: " + content.given());
            enough.countDown();
            assertEquals(
                    Fault.RESET, ((UpstreamException) failed.get(10, TimeUnit.SECONDS)).fault());
        }
    }

    /** The upstream refuses and closes at once, its receive buffer full of our body. */
    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void refusalOfAnUpstreamThatClosesArrives(boolean tls, boolean chunked) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ScriptedUpstream.Script refuses =
                conversation -> {
                    conversation.head();
                    conversation.say(REFUSAL);
                    conversation.socket().shutdownOutput();
                    done.await(300, TimeUnit.MILLISECONDS);
                    conversation.reset();
                };
        try (ScriptedUpstream upstream = upstream(tls, refuses);
                ApacheUpstreamClient client = client(upstream, tls)) {
            Upstreams.Answer answer = fetch(client, upload(chunked));
            done.countDown();
            assertEquals(413, answer.status());
            assertEquals("refused", answer.body());
            assertEquals(0, client.idle());
            assertEquals(0, client.leased());
        }
    }

    /** The upstream refuses, keeps the connection and reads nothing more: the writer blocks. */
    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void refusalOfAnUpstreamThatStopsReadingArrives(boolean tls, boolean chunked) throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        ScriptedUpstream.Script refuses =
                conversation -> {
                    conversation.head();
                    stuck.await();
                    conversation.say(REFUSAL);
                    done.await();
                };
        Filler content = new Filler(LARGE, false);
        try (ScriptedUpstream upstream = upstream(tls, refuses);
                ApacheUpstreamClient client = client(upstream, tls)) {
            Thread.startVirtualThread(() -> {
                long given = -1;
                while (given != content.given() || given == 0) {
                    given = content.given();
                    java.util.concurrent.locks.LockSupport.parkNanos(200_000_000);
                }
                stuck.countDown();
            });
            Upstreams.Answer answer = fetch(client, upload(content, chunked, LARGE));
            done.countDown();
            assertEquals(413, answer.status());
            assertEquals("refused", answer.body());
            assertTrue(content.given() < LARGE);
            assertEquals(0, client.idle());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000, 20_000_000})
    void refusalOfABodyInMemoryArrives(int size) throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        ScriptedUpstream.Script refuses =
                conversation -> {
                    conversation.head();
                    conversation.say(REFUSAL);
                    conversation.socket().shutdownOutput();
                    done.await(300, TimeUnit.MILLISECONDS);
                };
        try (ScriptedUpstream upstream = upstream(false, refuses);
                ApacheUpstreamClient client = client(upstream, false)) {
            UpstreamRequest.Body body = new UpstreamRequest.Bytes(new byte[size]);
            Upstreams.Answer answer = fetch(client, request("POST", body));
            done.countDown();
            assertEquals(413, answer.status());
            assertEquals("refused", answer.body());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interimAnswerDuringAnUploadDoesNotStopIt(boolean tls) throws Exception {
        try (ScriptedUpstream upstream = upstream(tls, saysWhileReading("HTTP/1.1 102 P\r\n\r\n"));
                ApacheUpstreamClient client = client(upstream, tls)) {
            Upstreams.Answer answer = fetch(client, upload(false));
            assertEquals(String.valueOf(LARGE), answer.body());
        }
    }

    @Test
    void earlySuccessDoesNotStopTheUpload() throws Exception {
        CompletableFuture<Long> read = new CompletableFuture<>();
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.head();
                    conversation.socket().getInputStream().readNBytes(1_000_000);
                    conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                    conversation.socket().getInputStream().skipNBytes(LARGE - 1_000_000);
                    read.complete(LARGE);
                    conversation.say("done");
                };
        try (ScriptedUpstream upstream = upstream(false, script);
                ApacheUpstreamClient client = client(upstream, false)) {
            assertEquals("done", fetch(client, upload(false)).body());
            assertEquals(LARGE, read.get());
        }
    }

    private static ScriptedUpstream.Script saysWhileReading(String interim) {
        return conversation -> {
            conversation.head();
            conversation.socket().getInputStream().readNBytes(1_000_000);
            conversation.say(interim);
            conversation.socket().getInputStream().skipNBytes(LARGE - 1_000_000);
            conversation.say(ok(String.valueOf(LARGE)));
        };
    }

    /** F-24: a body that broke off must never look complete to the upstream. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bodyThatBreaksOffIsNeverCompleted(boolean chunked) throws Exception {
        CompletableFuture<Boolean> sawEnd = new CompletableFuture<>();
        ScriptedUpstream.Script script =
                conversation -> {
                    try {
                        ScriptedUpstream.Request request = conversation.request();
                        sawEnd.complete(request != null && (chunked || request.length() > 30_000));
                    } catch (IOException cut) {
                        sawEnd.complete(false);
                    }
                };
        Filler breaks = new Filler(30_000, true);
        try (ScriptedUpstream upstream = upstream(false, script);
                ApacheUpstreamClient client = client(upstream, false)) {
            UpstreamException broken =
                    assertThrows(
                            UpstreamException.class,
                            () -> client.call(upload(breaks, chunked, 40_000)).send());
            assertEquals(Fault.REQUEST_BODY, broken.fault());
            assertFalse(broken.mayHaveActed());
            assertFalse(sawEnd.get(10, TimeUnit.SECONDS));
            assertEquals(0, client.idle());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {20_000, 40_000})
    void bodyOfAnotherLengthThanAnnouncedIsAFault(long announced) throws Exception {
        ScriptedUpstream.Script script = ScriptedUpstream.Conversation::request;
        try (ScriptedUpstream upstream = upstream(false, script);
                ApacheUpstreamClient client = client(upstream, false)) {
            UpstreamRequest.Body body =
                    new UpstreamRequest.Stream(new Filler(30_000, false), announced);
            UpstreamException wrong =
                    assertThrows(
                            UpstreamException.class,
                            () -> client.call(request("POST", body)).send());
            assertEquals(Fault.REQUEST_BODY, wrong.fault());
            assertEquals(0, client.idle());
        }
    }
}
