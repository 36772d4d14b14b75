package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.KEY;
import static io.gemproxy.server.upstream.Upstreams.await;
import static io.gemproxy.server.upstream.Upstreams.bytes;
import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.post;
import static io.gemproxy.server.upstream.Upstreams.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes up, and how exchanges share, lose and replace connections. */
@Timeout(30)
class UpstreamExchangeIT {
    private static final ScriptedUpstream.Script ECHO =
            conversation -> {
                for (ScriptedUpstream.Request request = conversation.request();
                        request != null;
                        request = conversation.request()) {
                    conversation.say(ok(request.body()));
                }
            };

    private static ApacheUpstreamClient client(ScriptedUpstream upstream) {
        return ApacheUpstreamClient.create(config(upstream.uri("http")), System::nanoTime);
    }

    private static UpstreamRequest with(
            String path, List<HeaderField> headers, UpstreamRequest.KeyPlacement placement) {
        return new UpstreamRequest(
                "POST", path, headers, bytes("b"), Secret.of(KEY), placement, Optional.empty());
    }

    @Test
    void sendsExactlyTheRequestItWasGiven() throws Exception {
        List<HeaderField> headers =
                List.of(
                        new HeaderField("accept-encoding", "gzip"),
                        new HeaderField("X-Goog-Api-Client", "a/1 b/2"),
                        new HeaderField("Content-Type", "application/json"),
                        new HeaderField("x-goog-api-client", "c/3"));
        String path = "/v1beta/models/a%2Fb:streamGenerateContent?alt=sse&q=%c3%a9&x=a|b&&y=";
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, with(path, headers, UpstreamRequest.KeyPlacement.GOOG_API_KEY));
            assertEquals(
                    "POST "
                            + path
                            + " HTTP/1.1\r\n"
                            + "accept-encoding: gzip\r\n"
                            + "X-Goog-Api-Client: a/1 b/2\r\n"
                            + "Content-Type: application/json\r\n"
                            + "x-goog-api-client: c/3\r\n"
                            + "x-goog-api-key: "
                            + KEY
                            + "\r\n"
                            + "Host: "
                            + upstream.uri("http").getAuthority()
                            + "\r\n"
                            + "Content-Length: 1\r\n"
                            + "Connection: keep-alive\r\n\r\n",
                    upstream.heads().getFirst());
        }
    }

    @Test
    void bearerPlacementUsesOnlyTheAuthorizationHeader() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, with("/v1beta/openai/x", List.of(), UpstreamRequest.KeyPlacement.BEARER));
            String head = upstream.heads().getFirst();
            assertTrue(head.contains("\r\nAuthorization: Bearer " + KEY + "\r\n"));
            assertEquals(head.indexOf(KEY), head.lastIndexOf(KEY));
        }
    }

    @Test
    void fieldsThatOnlyTheClientItselfMaySetAreADefectOfTheCaller() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            for (String name :
                    List.of("Authorization", "X-Goog-Api-Key", "Host", "Content-Length", "TE")) {
                UpstreamRequest bad =
                        with(
                                "/v1",
                                List.of(new HeaderField(name, "x")),
                                UpstreamRequest.KeyPlacement.BEARER);
                assertThrows(IllegalArgumentException.class, () -> client.call(bad).send());
            }
            UpstreamRequest wraps =
                    with(
                            "/v1",
                            List.of(new HeaderField("a", "b\u010aHost: evil")),
                            UpstreamRequest.KeyPlacement.BEARER);
            assertThrows(IllegalArgumentException.class, () -> client.call(wraps).send());
            assertEquals(List.of(), upstream.heads());
        }
    }

    @Test
    void pathsThatCouldBreakTheRequestLineAreADefectOfTheCaller() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            for (String path :
                    List.of(
                            "",
                            "v1",
                            "//evil/x",
                            "/a b",
                            "/a\r\nX: y",
                            "/\u010a",
                            "http://evil/")) {
                UpstreamRequest bad =
                        with(path, List.of(), UpstreamRequest.KeyPlacement.GOOG_API_KEY);
                assertThrows(IllegalArgumentException.class, () -> client.call(bad).send(), path);
            }
            assertEquals(0, upstream.connections());
        }
    }

    @Test
    void requestsWithoutABodyHaveNoFramingOfAStream() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, get());
            fetch(client, request("POST", new UpstreamRequest.NoBody()));
            fetch(client, request("DELETE", new UpstreamRequest.NoBody()));
            assertFalse(upstream.heads().get(0).contains("Content-Length"));
            assertTrue(upstream.heads().get(1).contains("\r\nContent-Length: 0\r\n"));
            assertFalse(upstream.heads().get(2).contains("Content-Length"));
            assertFalse(upstream.heads().toString().contains("Transfer-Encoding"));
        }
    }

    @Test
    void streamsGoUpWithTheirLengthOrChunked() throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(ECHO);
                ApacheUpstreamClient client = client(upstream)) {
            String text = "0123456789".repeat(5_000);
            for (long length : new long[] {text.length(), -1}) {
                InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
                UpstreamRequest.Body body = new UpstreamRequest.Stream(in, length);
                assertEquals(text, fetch(client, request("PUT", body)).body());
            }
            assertTrue(upstream.heads().get(0).contains("Content-Length: 50000\r\n"));
            assertTrue(upstream.heads().get(1).contains("Transfer-Encoding: chunked\r\n"));
            assertEquals(1, upstream.connections());
        }
    }

    @Test
    void connectionClosedWhileIdleIsReplacedUnnoticed() throws Exception {
        ScriptedUpstream.Script oneAnswerEach =
                conversation -> {
                    conversation.request();
                    conversation.say(ok("answer " + conversation.number()));
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(oneAnswerEach);
                ApacheUpstreamClient client = client(upstream)) {
            for (int i = 1; i <= 20; i++) {
                assertEquals("answer " + i, fetch(client, post("x")).body());
            }
        }
    }

    @Test
    void idleConnectionResetByThePeerIsReplacedUnnoticed() throws Exception {
        ScriptedUpstream.Script resetAfterAnswer =
                conversation -> {
                    conversation.request();
                    conversation.say(ok("answer " + conversation.number()));
                    if (conversation.number() == 1) {
                        conversation.request();
                        conversation.reset();
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(resetAfterAnswer);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, post("x"));
            assertEquals("answer 2", fetch(client, post("x")).body());
            assertEquals(0, client.leased());
        }
    }

    @Test
    void freshConnectionThatDiesIsNotRetried() throws Exception {
        ScriptedUpstream.Script silent = ScriptedUpstream.Conversation::request;
        try (ScriptedUpstream upstream = new ScriptedUpstream(silent);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamException dead =
                    assertThrows(UpstreamException.class, () -> client.call(post("x")).send());
            assertEquals(Fault.RESET, dead.fault());
            assertTrue(dead.mayHaveActed());
            assertEquals(1, upstream.connections());
            assertEquals(0, client.leased());
        }
    }

    @Test
    void thereIsOnlyOneRetry() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        ScriptedUpstream.Script answersOnce =
                conversation -> {
                    while (conversation.request() != null) {
                        if (requests.incrementAndGet() > 1) {
                            return;
                        }
                        conversation.say(ok("first"));
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(answersOnce);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, post("x"));
            assertThrows(UpstreamException.class, () -> client.call(post("x")).send());
            assertEquals(3, requests.get());
            assertEquals(2, upstream.connections());
        }
    }

    @Test
    void failureAfterTheFirstByteOfAnAnswerIsNotRetried() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        ScriptedUpstream.Script breaksSecond =
                conversation -> {
                    while (conversation.request() != null) {
                        if (requests.incrementAndGet() > 1) {
                            conversation.say("H");
                            return;
                        }
                        conversation.say(ok("first"));
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(breaksSecond);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, post("x"));
            assertThrows(UpstreamException.class, () -> client.call(post("x")).send());
            assertEquals(2, requests.get());
        }
    }

    @Test
    void streamedBodyFindsADeadConnectionBeforeItIsSpent() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ScriptedUpstream.Script closesFirst =
                conversation -> {
                    ScriptedUpstream.Request request = conversation.request();
                    conversation.say(ok(request == null ? "" : request.body()));
                    if (conversation.number() == 1) {
                        conversation.socket().close();
                        closed.countDown();
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(closesFirst);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, post("x"));
            closed.await();
            InputStream once = new ByteArrayInputStream(new byte[] {'o', 'k'});
            UpstreamRequest.Body body = new UpstreamRequest.Stream(once, 2);
            assertEquals("ok", fetch(client, request("POST", body)).body());
        }
    }

    @Test
    void streamedBodyOnAConnectionThatDiesUnderItIsNotSentAgain() throws Exception {
        ScriptedUpstream.Script diesOnSecond =
                conversation -> {
                    conversation.request();
                    conversation.say(ok("first"));
                    conversation.request();
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(diesOnSecond);
                ApacheUpstreamClient client = client(upstream)) {
            fetch(client, post("x"));
            InputStream once = new ByteArrayInputStream(new byte[] {'o', 'k'});
            UpstreamRequest.Body body = new UpstreamRequest.Stream(once, 2);
            UpstreamException dead =
                    assertThrows(
                            UpstreamException.class,
                            () -> client.call(request("POST", body)).send());
            assertEquals(Fault.RESET, dead.fault());
            assertTrue(dead.mayHaveActed());
            assertEquals(1, upstream.connections());
        }
    }

    @Test
    void sweepReallyClosesConnectionsThePeerHasClosed() throws Exception {
        CountDownLatch gone = new CountDownLatch(3);
        Semaphore answer = new Semaphore(0);
        ScriptedUpstream.Script closesAfterOne =
                conversation -> {
                    conversation.request();
                    answer.acquire();
                    conversation.say(ok("x"));
                    conversation.socket().shutdownOutput();
                    conversation.awaitClose();
                    gone.countDown();
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(closesAfterOne);
                ApacheUpstreamClient client = client(upstream)) {
            for (int i = 0; i < 3; i++) {
                Thread.startVirtualThread(
                        () -> assertEquals("x", assertDoesNotFail(client).body()));
            }
            await(() -> upstream.heads().size() == 3);
            answer.release(3);
            gone.await();
            await(() -> client.idle() == 0 && client.leased() == 0);
        }
    }

    private static Upstreams.Answer assertDoesNotFail(UpstreamClient client) {
        try {
            return fetch(client, get());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyExchangesOverDyingConnectionsEachGetTheirOwnAnswer() throws Exception {
        ScriptedUpstream.Script closesAfterAFew =
                conversation -> {
                    for (int left = conversation.number() % 7; left >= 0; left--) {
                        ScriptedUpstream.Request request = conversation.request();
                        if (request == null) {
                            return;
                        }
                        conversation.say(ok(request.body()));
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(closesAfterAFew);
                ApacheUpstreamClient client = client(upstream)) {
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String name = "canary-" + i + "-";
                clients.add(
                        CompletableFuture.runAsync(
                                () -> assertOwnAnswers(client, name), Thread::startVirtualThread));
            }
            for (CompletableFuture<Void> each : clients) {
                each.get(20, TimeUnit.SECONDS);
            }
            assertEquals(0, client.leased());
        }
    }

    private static void assertOwnAnswers(UpstreamClient client, String name) {
        for (int i = 0; i < 50; i++) {
            try {
                assertEquals(name + i, fetch(client, post(name + i)).body());
            } catch (UpstreamException | IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void refusedConnectionSaysSoWithoutKeyOrPath() throws Exception {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://localhost:" + free.getLocalPort());
        }
        try (ApacheUpstreamClient client =
                ApacheUpstreamClient.create(config(nobody), System::nanoTime)) {
            UpstreamException refused =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.CONNECT, refused.fault());
            assertFalse(refused.mayHaveActed());
            for (Throwable t = refused; t != null; t = t.getCause()) {
                assertFalse(t.toString().contains(KEY));
                assertFalse(t.toString().contains("alt=sse"));
            }
            assertEquals(0, client.leased());
        }
    }

    @Test
    void unknownHostIsAConnectFault() {
        URI nowhere = URI.create("http://gemproxy.invalid:1");
        try (ApacheUpstreamClient client =
                ApacheUpstreamClient.create(config(nowhere), System::nanoTime)) {
            UpstreamException unknown =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.CONNECT, unknown.fault());
        }
    }
}
