package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.ProbedUpstream.NEXT;
import static io.gemproxy.server.upstream.ProbedUpstream.client;
import static io.gemproxy.server.upstream.ProbedUpstream.first;
import static io.gemproxy.server.upstream.ProbedUpstream.nextIsClean;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.post;
import static io.gemproxy.server.upstream.Upstreams.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gemproxy.server.exchange.HeaderField;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a well-meaning upstream may send, and what becomes of it and of the next answer. */
@Timeout(30)
class UpstreamProbesIT {
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
