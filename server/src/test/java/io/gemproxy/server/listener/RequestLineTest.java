package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestLineTest {
    private static Optional<RequestLine> find(String head) {
        byte[] bytes = ("before" + head).getBytes(StandardCharsets.ISO_8859_1);
        return RequestLine.find(bytes, "before".length(), bytes.length);
    }

    @Test
    void aWholeLineTellsMethodAndCanonicalPathWithoutTheQuery() {
        assertEquals(
                Optional.of(new RequestLine("POST", Optional.of("/v1/a~b"))),
                find("POST /v1/a%7eb?key=secret HTTP/1.1\r\nHost: a\r\n"));
        assertEquals(
                Optional.of(new RequestLine("GET", Optional.of("/"))), find("GET / HTTP/1.0\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/../b", "a:80", "http://a/b", "/a\\b", "/x#y", "/%zz", "*"})
    void aTargetWithTwoReadingsTellsTheMethodOnly(String target) {
        assertEquals(
                Optional.of(new RequestLine("GET", Optional.empty())),
                find("GET " + target + " HTTP/1.1\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "GET /a",
                "GET /a HTTP/1.1",
                "GET /a HTTP/1.1\r",
                "GET /a HTTP/1.1\nHost: a\r\n",
                "GET /a\r\n",
                "GET  /a HTTP/1.1\r\n",
                "GET /a XTTP/1.1\r\n",
                "GET /a HTTP/1.1 \r\n",
                "GET /\u00e9 HTTP/1.1\r\n",
                "get /a HTTP/1.1\r\n",
                "AIzaSySecret /a HTTP/1.1\r\n",
                "\r\nGET /a HTTP/1.1\r\n",
                "\u0016\u0003\u0001\r\n"
            })
    void anythingElseTellsNothing(String head) {
        assertEquals(Optional.empty(), find(head));
    }
}
