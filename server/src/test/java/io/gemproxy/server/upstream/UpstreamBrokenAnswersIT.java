package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.ProbedUpstream.NEXT;
import static io.gemproxy.server.upstream.ProbedUpstream.client;
import static io.gemproxy.server.upstream.ProbedUpstream.first;
import static io.gemproxy.server.upstream.ProbedUpstream.nextIsClean;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a broken upstream may send, and what becomes of it and of the next answer. */
@Timeout(30)
class UpstreamBrokenAnswersIT {
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
}
