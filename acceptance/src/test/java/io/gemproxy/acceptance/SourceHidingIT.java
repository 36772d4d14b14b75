package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.http.Header;
import io.gemproxy.simulator.record.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Google sees the proxy and nothing of who is behind it. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class SourceHidingIT {
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final String TELLTALE =
            """
            X-Forwarded-For: 203.0.113.9\r
            X-Forwarded-Host: inside.example\r
            X-Forwarded-Proto: http\r
            X-Forwarded-Port: 8080\r
            X-Forwarded-Prefix: /inside\r
            Forwarded: for=203.0.113.9;by=inside.example\r
            Via: 1.1 inside.example\r
            X-Real-IP: 203.0.113.9\r
            Referer: https://inside.example/page\r
            Origin: https://inside.example\r
            Cookie: session=inside\r
            x-goog-user-project: inside-project\r
            x-gemini-api-privileged-user-id: inside-installation\r
            Keep-Alive: timeout=9\r
            Proxy-Connection: keep-alive\r
            Proxy-Authorization: Basic aW5zaWRlOmluc2lkZQ==\r
            TE: gzip\r
            X-Named-By-Connection: inside\r
            Accept-Encoding: br, inside\r
            """;

    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1));
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static String target(String model) {
        return "/v1beta/models/" + model + ":generateContent";
    }

    private static Seen send(String model, String query, String headers) throws Exception {
        RawClient.Answer answer =
                RawClient.ask(bench.port(), "POST", target(model) + query, headers, BODY);
        assertEquals(200, answer.status(), answer.body());
        Seen seen =
                bench.simulator().await(one -> one.path().contains(model), Duration.ofSeconds(20));
        assertNotNull(seen);
        return seen;
    }

    @Test
    void headersThatTellOfTheClientStayBehind() throws Exception {
        String token = "x-goog-api-key: " + bench.token() + "\r\n";
        Seen seen =
                send(
                        "gemini-2.5-flash",
                        "",
                        token + TELLTALE + "Connection: X-Named-By-Connection\r\n");
        Set<String> names =
                seen.headers().stream()
                        .map(header -> header.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());

        for (String line : TELLTALE.lines().toList()) {
            String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
            assertTrue(name.equals("accept-encoding") || !names.contains(name), name);
        }
        for (Header header : seen.headers()) {
            assertFalse(header.value().contains("inside"), header.name());
            assertFalse(header.value().contains("203.0.113.9"), header.name());
        }
        assertEquals("127.0.0.1:" + bench.simulator().port(), seen.header("host"));
    }

    @Test
    void whatTheApiMayReadPasses() throws Exception {
        String headers =
                "x-goog-api-key: "
                        + bench.token()
                        + "\r\nContent-Type: application/json\r\nx-goog-api-client: google-genai-sdk/9"
                        + "\r\nX-Server-Timeout: 40\r\nApi-Revision: 2026-05-20\r\n";
        Seen seen = send("gemini-2.5-pro", "?%24alt=json&fields=a%2Cb&empty", headers);

        assertEquals("application/json", seen.header("content-type"));
        assertEquals("google-genai-sdk/9", seen.header("x-goog-api-client"));
        assertEquals("40", seen.header("x-server-timeout"));
        assertEquals("2026-05-20", seen.header("api-revision"));
        assertEquals(
                target("gemini-2.5-pro") + "?%24alt=json&fields=a%2Cb&empty", seen.rawTarget());
        assertEquals(BODY, seen.bodyText());
    }

    @Test
    void aKeyInTheQueryLeavesTheRestOfTheQueryAsItWas() throws Exception {
        Seen seen = send("gemini-3.5-flash", "?a=1&key=" + bench.token() + "&b=%2F", "");

        assertEquals(target("gemini-3.5-flash") + "?a=1&b=%2F", seen.rawTarget());
    }

    @Test
    void everyAnswerHasARequestIdOfOurs() throws Exception {
        String headers = "x-goog-api-key: " + bench.token() + "\r\nx-request-id: mine-1\r\n";
        List<String> heads =
                List.of(
                        RawClient.ask(
                                        bench.port(),
                                        "POST",
                                        target("gemini-3.6-flash"),
                                        headers,
                                        BODY)
                                .head(),
                        RawClient.ask(
                                        bench.port(),
                                        "POST",
                                        target("gemini-3.6-flash"),
                                        headers,
                                        BODY)
                                .head(),
                        RawClient.ask(bench.port(), "GET", "/v1beta/models", "", "").head());
        Set<String> ids =
                heads.stream()
                        .flatMap(String::lines)
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("x-request-id:"))
                        .collect(Collectors.toSet());

        assertEquals(3, ids.size(), ids::toString);
        assertTrue(ids.stream().noneMatch(id -> id.contains("mine-1")), ids::toString);
    }
}
