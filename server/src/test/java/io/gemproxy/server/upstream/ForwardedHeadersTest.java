package io.gemproxy.server.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which header fields pass in each direction. */
class ForwardedHeadersTest {
    private static List<HeaderField> fields(String... namesAndValues) {
        List<HeaderField> fields = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.add(new HeaderField(namesAndValues[i], namesAndValues[i + 1]));
        }
        return fields;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "x-goog-api-key",
                "Cookie",
                "Host",
                "Content-Length",
                "Expect",
                "X-Forwarded-For",
                "X-Forwarded-Anything",
                "Forwarded",
                "Via",
                "X-Real-IP",
                "True-Client-IP",
                "Referer",
                "Origin",
                "x-goog-user-project",
                "x-gemini-api-privileged-user-id",
                "x-gemproxy-session",
                "x-goog-request-params",
                "Accept-Encoding",
                "Connection",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "HTTP2-Settings",
                "Proxy-Authorization",
                "Proxy-Connection",
                "x-request-id",
                "traceparent",
                "tracestate",
                "baggage",
                "Sec-Fetch-Mode",
                "X-B3-TraceId",
            })
    void credentialsFramingAndTheClientsWhereaboutsNeverGoUp(String name) {
        for (String written : List.of(name, name.toUpperCase(Locale.ROOT))) {
            assertEquals(
                    fields("a", "1"), RequestHeaders.forUpstream(fields(written, "x", "a", "1")));
        }
    }

    @Test
    void aValidTraceIsPassedOnAsItIs() {
        List<HeaderField> trace =
                fields(
                        "Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                        "tracestate", "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7",
                        "tracestate", "a@b=1");
        assertEquals(trace, RequestHeaders.forUpstream(trace));
    }

    @Test
    void aStateThatIsNotValidIsDroppedWithoutItsParent() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertEquals(
                fields("traceparent", parent),
                RequestHeaders.forUpstream(
                        fields("traceparent", parent, "tracestate", "not a member")));
    }

    @Test
    void everythingElseGoesUpInOrder() {
        List<HeaderField> all =
                fields(
                        "X-Goog-Api-Client", "google-genai-sdk/2.32.0 gl-node/20",
                        "User-Agent", "",
                        "X-Server-Timeout", "30",
                        "Api-Revision", "2026-05-20",
                        "X-Goog-Upload-Command", "start",
                        "Content-Type", "application/json",
                        "content-encoding", "gzip",
                        "x-goog-api-client", "again",
                        "x-stainless-os", "Linux");
        assertEquals(all, RequestHeaders.forUpstream(all));
    }

    @Test
    void fieldsNominatedByConnectionAreRemovedAndOursCannotBe() {
        List<HeaderField> fromClient =
                fields(
                        "X-Hop", "1",
                        "connection", "close, X-HOP",
                        "a", "1",
                        "Connection", " b ,x-goog-api-key",
                        "B", "2");
        assertEquals(fields("a", "1"), RequestHeaders.forUpstream(fromClient));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nb", "a\0", "\u007f", "a\u010ab", "\u2028", "\b"})
    void valuesThatCouldSplitTheRequestAreDropped(String value) {
        assertEquals(fields("a", "1"), RequestHeaders.forUpstream(fields("x", value, "a", "1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\r\nb", "\u010a", "h\u00e9"})
    void namesThatAreNoTokensAreDropped(String name) {
        assertEquals(fields("a", "1"), RequestHeaders.forUpstream(fields(name, "x", "a", "1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection",
                "Keep-Alive",
                "Transfer-Encoding",
                "Trailer",
                "Upgrade",
                "Proxy-Authenticate",
                "Set-Cookie",
                "Alt-Svc",
                "Server-Timing",
                "WWW-Authenticate",
                "x-goog-user-project",
                "X-Goog-Quota-Project-Number",
                "x-goog-api-key",
                "X-Request-Id",
            })
    void hopByHopAndWhatNamesAKeyNeverGoDown(String name) {
        assertEquals(fields("a", "1"), ResponseHeaders.forClient(fields(name, "x", "a", "1")));
    }

    @Test
    void everythingElseGoesDownInOrder() {
        List<HeaderField> all =
                fields(
                        "Content-Type", "text/event-stream",
                        "Vary", "Origin",
                        "Vary", "X-Origin",
                        "Content-Encoding", "gzip",
                        "Content-Length", "12",
                        "X-Goog-Upload-Status", "active",
                        "Retry-After", "7");
        assertEquals(all, ResponseHeaders.forClient(all));
    }

    @Test
    void fieldsNominatedByTheUpstreamsConnectionDoNotGoDown() {
        List<HeaderField> fromUpstream = fields("Connection", "x-hop", "X-Hop", "1", "a", "1");
        assertEquals(fields("a", "1"), ResponseHeaders.forClient(fromUpstream));
    }
}
