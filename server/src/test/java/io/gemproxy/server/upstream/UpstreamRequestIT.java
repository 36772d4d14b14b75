package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.KEY;
import static io.gemproxy.server.upstream.Upstreams.bytes;
import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes up, byte for byte. */
@Timeout(30)
class UpstreamRequestIT {
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
}
