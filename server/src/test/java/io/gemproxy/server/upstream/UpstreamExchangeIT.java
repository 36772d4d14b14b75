package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.KEY;
import static io.gemproxy.server.upstream.Upstreams.await;
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

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How exchanges share, lose and replace connections. */
@Timeout(30)
class UpstreamExchangeIT {
    private static ApacheUpstreamClient client(ScriptedUpstream upstream) {
        return ApacheUpstreamClient.create(config(upstream.uri("http")), System::nanoTime);
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
