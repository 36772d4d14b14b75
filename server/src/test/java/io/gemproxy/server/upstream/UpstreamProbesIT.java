package io.gemproxy.server.upstream;

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

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a well-meaning or a broken upstream may send, and what becomes of it and of the next answer.
 */
@Timeout(30)
class UpstreamProbesIT {
    private static final String NEXT = "the next answer";

    /** Answers the first request of the first connection with the given bytes, all others well. */
    private static ScriptedUpstream first(String bytes, boolean close) throws IOException {
        return new ScriptedUpstream(conversation -> {
            boolean first = conversation.number() == 1;
            while (conversation.request() != null) {
                conversation.say(first ? bytes : ok(NEXT));
                if (first && close) {
                    return;
                }
                first = false;
            }
        });
    }

    private static void nextIsClean(ApacheUpstreamClient client) throws Exception {
        assertEquals(NEXT, fetch(client, post("x")).body());
        await(() -> client.leased() == 0);
    }

    private static void assertAnswer(
            String bytes, String method, int status, String body, int connections)
            throws Exception {
        try (ScriptedUpstream upstream = first(bytes, false);
                ApacheUpstreamClient client = client(upstream)) {
            Upstreams.Answer answer = fetch(client, request(method, new UpstreamRequest.NoBody()));
            assertEquals(status, answer.status());
            assertEquals(body, answer.body());
            nextIsClean(client);
            assertEquals(connections, upstream.connections());
        }
    }

    private static ApacheUpstreamClient client(ScriptedUpstream upstream) {
        return ApacheUpstreamClient.create(config(upstream.uri("http")), System::nanoTime);
    }

    private static void assertRefused(String bytes, boolean close) throws Exception {
        try (ScriptedUpstream upstream = first(bytes, close);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamException refused =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.MALFORMED, refused.fault());
            assertTrue(refused.mayHaveActed());
            nextIsClean(client);
            assertEquals(2, upstream.connections());
        }
    }

    private static BrokenAnswerException assertCut(String bytes, boolean reset) throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    while (conversation.request() != null) {
                        if (conversation.number() > 1) {
                            conversation.say(ok(NEXT));
                            continue;
                        }
                        conversation.say(bytes);
                        headSeen.await();
                        if (reset) {
                            conversation.reset();
                        }
                        return;
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(script);
                ApacheUpstreamClient client = client(upstream);
                UpstreamResponse response = client.call(get()).send()) {
            headSeen.countDown();
            BrokenAnswerException cut =
                    assertThrows(BrokenAnswerException.class, () -> response.body().readAllBytes());
            nextIsClean(client);
            return cut;
        }
    }

    @Test
    void interimAnswersAreConsumed() throws Exception {
        String interim = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n";
        assertAnswer(interim + ok("body"), "POST", 200, "body", 1);
    }

    @Test
    void headAnswerHasNoBodyDespiteItsLength() throws Exception {
        assertAnswer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "HEAD", 200, "", 1);
    }

    @Test
    void notModifiedHasNoBodyDespiteItsLength() throws Exception {
        assertAnswer("HTTP/1.1 304 NM\r\nContent-Length: 5\r\n\r\n", "GET", 304, "", 1);
    }

    @Test
    void noContentHasNoBody() throws Exception {
        assertAnswer("HTTP/1.1 204 No Content\r\n\r\n", "GET", 204, "", 1);
    }

    @Test
    void noContentThatPromisesABodyIsTheLastOnItsConnection() throws Exception {
        assertAnswer("HTTP/1.1 204 N\r\nContent-Length: 5\r\n\r\n", "GET", 204, "", 2);
    }

    @Test
    void bodyAfterNotModifiedNeverReachesTheNextRequest() throws Exception {
        assertAnswer("HTTP/1.1 304 NM\r\nContent-Length: 5\r\n\r\nstray", "GET", 304, "", 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200\r\n", "HTTP/1.1 200 \r\n", "HTTP/1.1 200 caf\u00e9\r\n"})
    void reasonPhraseIsOptional(String statusLine) throws Exception {
        assertAnswer(statusLine + "Content-Length: 2\r\n\r\nhi", "GET", 200, "hi", 1);
    }

    @Test
    void redirectsAreAnswersLikeAnyOther() throws Exception {
        String redirect = "HTTP/1.1 302 F\r\nLocation: http://x/\r\nContent-Length: 0\r\n\r\n";
        assertAnswer(redirect, "GET", 302, "", 1);
    }

    @Test
    void trailersAreDroppedAndTheConnectionLives() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X\r\n\r\n";
        assertAnswer(head + "3\r\nabc\r\n0\r\nX: 1\r\nY: 2\r\n\r\n", "GET", 200, "abc", 1);
    }

    @Test
    void chunkExtensionsAreDropped() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n";
        assertAnswer(
                head + "3;a=b;c\r\nabc\r\nA \r\n0123456789\r\n0;z\r\n\r\n",
                "GET",
                200,
                "abc0123456789",
                1);
    }

    @Test
    void bodyUntilAnnouncedCloseEndsWithTheConnection() throws Exception {
        try (ScriptedUpstream upstream =
                        first("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it", true);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("all of it", fetch(client, get()).body());
            nextIsClean(client);
            assertEquals(2, upstream.connections());
        }
    }

    @Test
    void http10AnswerEndsItsConnection() throws Exception {
        assertAnswer("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", "GET", 200, "hi", 2);
    }

    @Test
    void announcedCloseIsHonoured() throws Exception {
        assertAnswer(
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: foo, Close\r\n\r\nhi",
                "GET",
                200,
                "hi",
                2);
    }

    @Test
    void fortyKilobyteHeaderPasses() throws Exception {
        String big = "x".repeat(40_000);
        assertAnswer(
                "HTTP/1.1 200 OK\r\nX-Big: " + big + "\r\nContent-Length: 2\r\n\r\nhi",
                "GET",
                200,
                "hi",
                1);
    }

    @Test
    void hopByHopFieldsAreRemovedAndOrderIsKept() throws Exception {
        String bytes =
                String.join(
                        "\r\n",
                        "HTTP/1.1 200 OK",
                        "B: 1",
                        "Connection: X-Hop",
                        "X-Hop: 1",
                        "Keep-Alive: t",
                        "A:  2 ",
                        "B: 3",
                        "Content-Length: 0",
                        "",
                        "");
        try (ScriptedUpstream upstream = first(bytes, false);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals(
                    java.util.List.of(
                            new HeaderField("B", "1"),
                            new HeaderField("A", "2"),
                            new HeaderField("B", "3"),
                            new HeaderField("Content-Length", "0")),
                    fetch(client, get()).headers());
        }
    }

    @Test
    void extraBytesAfterAnAnswerNeverReachTheNextRequest() throws Exception {
        assertAnswer(ok("mine") + ok("canary"), "POST", 200, "mine", 2);
    }

    @Test
    void extraBytesAfterAChunkedAnswerNeverReachTheNextRequest() throws Exception {
        String chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nmine\r\n0\r\n\r\n";
        assertAnswer(chunked + ok("canary"), "POST", 200, "mine", 2);
    }

    @Test
    void extraBytesThatComeLaterNeverReachTheNextRequest() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    while (conversation.request() != null) {
                        conversation.say(conversation.number() == 1 ? ok("mine") : ok(NEXT));
                        if (conversation.number() == 1) {
                            taken.await();
                            conversation.say(ok("canary"));
                            said.countDown();
                        }
                    }
                };
        try (ScriptedUpstream upstream = new ScriptedUpstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("mine", fetch(client, post("x")).body());
            taken.countDown();
            said.await();
            nextIsClean(client);
            assertEquals(2, upstream.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nno length and no announced close",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
                "HTTP/1.1 200 OK\r\nA: b\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\0c\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA : b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: nameless\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
                "HTTP/1.1 100 Continue\r\nContent-Length: 3\r\n\r\nabc",
                "HTTP/1.1 99 Low\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 2000 High\r\nContent-Length: 0\r\n\r\n",
                "HTTP/2 200\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n",
                "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                "<html>HTTP/0.9 here</html>\r\n\r\n",
                "\u0015\u0003\u0003\u0000\u0002\u0002\u0016",
            })
    void malformedHeadsAreRefusedAndTheirConnectionDropped(String bytes) throws Exception {
        assertRefused(bytes, false);
    }

    @Test
    void oversizedHeadsAreRefused() throws Exception {
        assertRefused("HTTP/1.1 200 " + "r".repeat(10_000) + "\r\n\r\n", false);
        assertRefused("HTTP/1.1 200 OK\r\nX: " + "v".repeat(66_000) + "\r\n\r\n", false);
        assertRefused("HTTP/1.1 200 OK\r\n" + "X: v\r\n".repeat(1_000) + "\r\n", false);
        String line = "X: " + "v".repeat(30_000) + "\r\n";
        assertRefused("HTTP/1.1 200 OK\r\n" + line.repeat(5) + "\r\n", false);
    }

    @Test
    void floodOfInterimAnswersIsRefused() throws Exception {
        assertRefused("HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000), false);
    }

    @Test
    void headThatBreaksOffIsAReset() throws Exception {
        try (ScriptedUpstream upstream = first("HTTP/1.1 200 OK\r\nConte", true);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamException cut =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.RESET, cut.fault());
            nextIsClean(client);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cutInsideABodyIsAnException(boolean reset) throws Exception {
        assertCut("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", reset);
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertCut(chunked, reset);
        assertCut(chunked + "5\r\nab", reset);
        assertCut(chunked + "2\r\nab", reset);
        assertCut(chunked + "2\r\nab\r\n", reset);
        assertCut(chunked + "2\r\nab\r\n0", reset);
        assertEquals(Fault.RESET, assertCut(chunked + "2\r\nab\r\n0\r\n", reset).fault());
        assertCut(chunked + "2\r\nab\r\n0\r\nT: x\r\n", reset);
    }

    @Test
    void resetInsideABodyThatEndsWithTheConnectionIsAnException() throws Exception {
        assertCut("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc", true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nab\r\n0\r\n\r\n",
                "-2\r\nab\r\n0\r\n\r\n",
                "2\nab\r\n0\r\n\r\n",
                "2\r\nabc\r\n0\r\n\r\n",
                "2\r\nab\n0\r\n\r\n",
                "\r\nab\r\n0\r\n\r\n",
                "FFFFFFFFFFFFFFFFF\r\nab",
                "0\r\nT: a\0b\r\n\r\n",
                "0\r\n\n",
            })
    void badChunksAreExceptions(String chunks) throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertEquals(Fault.MALFORMED, assertCut(head + chunks, false).fault());
    }

    @Test
    void endlessChunkFramingIsBounded() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        assertEquals(Fault.MALFORMED, assertCut(head + "2;" + "x".repeat(5_000), false).fault());
        String trailers = "T: x\r\n".repeat(5_000);
        assertEquals(Fault.MALFORMED, assertCut(head + "0\r\n" + trailers, false).fault());
    }

    @Test
    void twoHundredExchangesShareOneConnection() throws Exception {
        try (ScriptedUpstream upstream = first(ok(NEXT), false);
                ApacheUpstreamClient client = client(upstream)) {
            for (int i = 0; i < 200; i++) {
                assertEquals(NEXT, fetch(client, post("x".repeat(i))).body());
            }
            assertEquals(1, upstream.connections());
            assertEquals(0, client.leased());
            assertEquals(1, client.idle());
        }
    }

    @Test
    void answerReadToItsLengthGoesToThePoolBeforeItsEndIsAskedFor() throws Exception {
        try (ScriptedUpstream upstream = first(ok("abc"), false);
                ApacheUpstreamClient client = client(upstream)) {
            try (UpstreamResponse response = client.call(get()).send()) {
                assertEquals(3, response.body().readNBytes(3).length);
                assertEquals(1, client.idle());
                assertEquals(-1, response.body().read());
            }
            nextIsClean(client);
            assertEquals(1, upstream.connections());
        }
    }

    @Test
    void answerGoesToThePoolOnlyWhenReadToItsEnd() throws Exception {
        try (ScriptedUpstream upstream = first(ok("abc"), false);
                ApacheUpstreamClient client = client(upstream)) {
            try (UpstreamResponse response = client.call(get()).send()) {
                assertEquals('a', response.body().read());
            }
            assertEquals(0, client.leased());
            assertEquals(0, client.idle());
            assertFalse(client.watchdog().size() > 1);
        }
    }
}
