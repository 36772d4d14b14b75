package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireGuardIT {
    private static final String SECRET = "GET /secret HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private Rig rig;

    @BeforeAll
    void open() {
        rig = new Rig(Rig.ECHO);
    }

    @AfterAll
    void close() {
        rig.close();
    }

    record Case(int status, String wire) {
        @Override
        public String toString() {
            String text = wire.replace("\r", "\\r").replace("\n", "\\n").replace("\0", "\\0");
            return status + " " + text.substring(0, Math.min(text.length(), 120));
        }
    }

    private static Case post(int status, String fields, String body) {
        return new Case(status, "POST /a HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body);
    }

    private static Case chunks(int status, String body) {
        return post(status, CHUNKED, body);
    }

    private static Case get(int status, String fields) {
        return post(status, fields, "");
    }

    private static Case line(int status, String line) {
        return new Case(status, line + "\r\nHost: a\r\n\r\n");
    }

    static Stream<Case> refused() {
        return Stream.of(framing(), chunking(), heads(), lines()).flatMap(s -> s);
    }

    private static Stream<Case> framing() {
        Stream<Case> lengths =
                Stream.of(
                                "+5",
                                "-0",
                                "-1",
                                "005",
                                "5,5",
                                "5, 6",
                                "0x5",
                                "1Z",
                                "",
                                "18446744073709551616",
                                "5 5",
                                "5\u00a0",
                                "\u00855",
                                "\u00b2")
                        .map(v -> post(400, "Content-Length: " + v + "\r\n", "hello"));
        Stream<Case> codings =
                Stream.of(
                                "identity",
                                "xchunked",
                                "chunked,chunked",
                                "chunked, identity",
                                "gzip, chunked",
                                ",chunked",
                                "chunked;q=1",
                                "chunked\u00a0",
                                "\u0085chunked",
                                "")
                        .map(v -> post(501, "Transfer-Encoding: " + v + "\r\n", "0\r\n\r\n"));
        Stream<Case> both =
                Stream.of(
                        post(400, "Content-Length: 5\r\n" + CHUNKED, "0\r\n\r\n"),
                        post(400, CHUNKED + "Content-Length: 5\r\n", "0\r\n\r\n"),
                        post(400, "Content-Length: 5\r\nContent-Length: 6\r\n", "hello"),
                        post(400, "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
                        post(501, CHUNKED + CHUNKED, "0\r\n\r\n"),
                        post(400, "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
                        post(400, "Transfer-Encoding: \0chunked\r\n", "0\r\n\r\n"),
                        post(400, "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
                        post(413, "Content-Length: 999999999999\r\n", "x"),
                        post(413, "Content-Length: 2000000\r\n", "x"),
                        post(417, "Content-Length: 1\r\nExpect: 100-continue\u00a0\r\n", "x"),
                        post(417, "Content-Length: 1\r\nExpect: y 100-continue\r\n", "x"));
        return Stream.of(lengths, codings, both).flatMap(s -> s);
    }

    private static Stream<Case> chunking() {
        return Stream.of(
                        "Q\r\nQ\r\n\r\n",
                        "-1\r\nx\r\n0\r\n\r\n",
                        "+1\r\nx\r\n0\r\n\r\n",
                        "0x1\r\nx\r\n0\r\n\r\n",
                        "1_\r\nx\r\n0\r\n\r\n",
                        " 1\r\nx\r\n0\r\n\r\n",
                        "1 \r\nx\r\n0\r\n\r\n",
                        "0_2e\r\n",
                        "INVALID!!!\r\n",
                        "2\r\r;a\r\nxx\r\n0\r\n\r\n",
                        "\r\nx\r\n0\r\n\r\n",
                        "ffffffffffffffff\r\nx\r\n0\r\n\r\n",
                        "00000000000000001\r\nx\r\n0\r\n\r\n",
                        "1\r\nZXX0\r\n\r\n",
                        "1\nx\n0\n\n",
                        "1\r\nx\n0\r\n\r\n",
                        "1;a=\0\r\nx\r\n0\r\n\r\n",
                        "1\r\nx\r\n0\r\n: x\r\n\r\n",
                        "1\r\nx\r\n0\r\n x: y\r\n\r\n",
                        "1\r\nx\r\n0\r\nnocolon\r\n\r\n",
                        ";a\r\n")
                .map(body -> chunks(400, body));
    }

    private static Stream<Case> heads() {
        Stream<Case> fields =
                Stream.of(
                                ": x",
                                " a: b",
                                "a : b",
                                "a\0: b",
                                "a\u00e9: b",
                                "Connection: \u00e9",
                                "Connection: close\u00a0",
                                "a: \0",
                                "a: b\rc",
                                "a: b\r\n c",
                                "nocolon",
                                "a(b: c",
                                "Host: b")
                        .map(f -> get(400, f + "\r\n"));
        Stream<Case> hosts =
                Stream.of(
                                "", "a@b", "a/b", "a b", "a,b", "[::1", "[]", "a:99999", "a:",
                                "a:+1", "a:8x", "a?b", "a#b", "\u00e9")
                        .map(h -> new Case(400, "GET / HTTP/1.1\r\nHost: " + h + "\r\n\r\n"));
        return Stream.of(
                        fields,
                        hosts,
                        Stream.of(
                                new Case(400, "GET / HTTP/1.1\r\n\r\n"),
                                new Case(400, "GET / HTTP/1.1\nHost: a\n\n"),
                                new Case(400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),
                                new Case(400, "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
                                get(431, "a: " + "x".repeat(70_000) + "\r\n"),
                                get(431, "a: b\r\n".repeat(200))))
                .flatMap(s -> s);
    }

    private static Stream<Case> lines() {
        return Stream.of(
                line(505, "GET / HTTP/1.0"),
                line(505, "GET / http/1.1"),
                line(505, "GET / HTTP/1.2"),
                line(505, "GET / HTTP/2"),
                line(400, "GET /"),
                line(400, "GET  / HTTP/1.1"),
                line(400, "GET /  HTTP/1.1"),
                line(400, "GET\t/ HTTP/1.1"),
                line(400, "GET / XTTP/1.1"),
                line(400, "GET http://evil/secret HTTP/1.1"),
                line(400, "GET evil:80 HTTP/1.1"),
                line(400, "GET * HTTP/1.1"),
                line(501, "CONNECT evil:80 HTTP/1.1"),
                line(501, "TRACE / HTTP/1.1"),
                line(501, "BREW / HTTP/1.1"),
                line(501, "get / HTTP/1.1"),
                line(400, "G=\":<> / HTTP/1.1"),
                line(400, "GET /x#y HTTP/1.1"),
                line(400, "GET /a\\b HTTP/1.1"),
                line(400, "GET /\u00e9 HTTP/1.1"),
                line(400, "GET /\0 HTTP/1.1"),
                line(414, "GET /" + "x".repeat(20_000) + " HTTP/1.1"),
                new Case(400, "\u0016\u0003\u0001garbage"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRefusedRequestGetsOneAnswerAndNothingBehindItIsServed(Case probe) throws IOException {
        String answer = rig.talk(probe.wire() + SECRET);
        assertTrue(answer.startsWith("HTTP/1.1 " + probe.status() + " "), answer);
        assertEquals(2, answer.split("HTTP/1\\.1 \\d{3} ", -1).length, answer);
        assertTrue(answer.replace(" ", "").contains("\"domain\":\"gemproxy\""), answer);
        assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), answer);
        assertFalse(answer.contains("SECRET"), answer);
        assertEquals(2, answer.split("(?i)\r\nx-request-id: [0-9A-Z]{26}\r\n", -1).length, answer);
    }

    static Stream<String> paths() {
        return Stream.of(
                "/..%2fsecret",
                "/%2e%2e/secret",
                "/a%00",
                "/a%0d%0ab",
                "/%zz",
                "/a;x=1",
                "/a//b",
                "/a/../secret",
                "/a/./b",
                "/{x}",
                "//secret",
                "/a%5cb",
                "/%c3%28",
                "/%252e");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void aPathWithTwoReadingsIsRefused(String path) throws IOException {
        String answer =
                rig.talk("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("PATH_INVALID"), answer);
    }

    static Stream<String> bodies() {
        return Stream.of(
                CHUNKED + "\r\n5\r\nhello\r\n0\r\n\r\n",
                "transfer-encoding: CHUNKED\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
                CHUNKED + "\r\n5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n",
                CHUNKED + "\r\n0005\r\nhello\r\n000\r\nX-Trailer: y\r\nB:\r\n\r\n",
                "Content-Length: 5\r\n\r\nhello",
                "Content-Length:5\r\nContent-Encoding: gzip\r\n\r\nhello");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aLegalBodyIsReadAndTheNextRequestServed(String rest) throws IOException {
        String last = "GET /secret HTTP/1.1\r\nHost: [::1]:80\r\nConnection: Close\r\n\r\n";
        String answer = rig.talk("POST /a HTTP/1.1\r\nHost: a:8443\r\n" + rest + last);
        assertTrue(answer.contains("body:5"), answer);
        assertTrue(answer.endsWith("SECRET"), answer);
    }

    @Test
    void oneHugeChunkIsSplitAndStreamed() throws IOException {
        byte[] block = new byte[1 << 20];
        try (java.net.Socket socket = rig.connect()) {
            var out = socket.getOutputStream();
            out.write(
                    ("POST /upload/a HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "\r\n6400000\r\n")
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            for (int i = 0; i < 100; i++) {
                out.write(block);
            }
            out.write("\r\n0\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertTrue(Rig.until(socket, "body:104857600").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void aBodyThatGrowsBeyondTheLimitIsRefusedAndTheConnectionClosed() throws IOException {
        String answer =
                rig.talk("POST /a HTTP/1.1\r\nHost: a\r\n" + CHUNKED + "\r\n1\r\nx\r\n200000\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
        assertTrue(answer.contains("BODY_TOO_LARGE"), answer);
    }

    @Test
    void anExpectedBodyThatNobodyReadsClosesTheConnection() throws IOException {
        try (Rig deaf = new Rig(Rig.DEAF)) {
            String body = SECRET;
            String answer =
                    deaf.talk(
                            "POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body);
            assertTrue(answer.contains("deaf"), answer);
            assertFalse(answer.contains("SECRET"), answer);
        }
    }

    @Test
    void aSmallUnreadBodyIsDroppedAndTheConnectionKept() throws IOException {
        try (Rig deaf = new Rig(Rig.DEAF)) {
            String answer =
                    deaf.talk(
                            "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhelloGET /secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("SECRET"), answer);
        }
    }
}
