package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.simulator.http.Header;
import io.gemproxy.simulator.record.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What Google may see of a request: one pooled key in one header, and the proxy alone. */
final class Upstream {
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "forwarded",
                    "via",
                    "x-real-ip",
                    "referer",
                    "origin",
                    "cookie",
                    "x-goog-user-project",
                    "x-gemini-api-privileged-user-id",
                    "keep-alive",
                    "te",
                    "trailer",
                    "upgrade",
                    "http2-settings",
                    "expect");

    private Upstream() {}

    /** Checks each request of the bench's record. */
    static void assertClean(Bench bench) {
        Set<String> pooled =
                bench.keys().stream().map(PooledKey::value).collect(Collectors.toSet());
        String host = "127.0.0.1:" + bench.simulator().port();
        for (Seen seen : bench.simulator().record()) {
            assertOneKey(seen, pooled);
            assertOnlyTheProxy(seen, host);
            assertNoToken(seen, bench.token());
        }
    }

    private static void assertOneKey(Seen seen, Set<String> pooled) {
        List<String> credentials =
                seen.headers().stream()
                        .filter(header -> named(header, "x-goog-api-key", "authorization"))
                        .map(Header::value)
                        .toList();
        boolean openAi = seen.path().contains("/openai/");
        assertEquals(1, credentials.size(), () -> "credential headers of " + seen);
        String credential = credentials.getFirst();
        String value =
                openAi && credential.startsWith("Bearer ") ? credential.substring(7) : credential;
        assertTrue(pooled.contains(value), () -> "the credential of " + seen);
    }

    private static void assertOnlyTheProxy(Seen seen, String host) {
        for (Header header : seen.headers()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            assertFalse(
                    FORBIDDEN.contains(name)
                            || name.startsWith("x-forwarded")
                            || name.startsWith("proxy-"),
                    () -> "header " + name + " of " + seen);
            assertFalse(
                    name.equals("connection") && !header.value().equalsIgnoreCase("keep-alive"));
        }
        assertEquals(host, seen.header("host"), () -> "host of " + seen);
    }

    private static void assertNoToken(Seen seen, String token) {
        String target = seen.rawTarget();
        assertFalse(
                target.matches(".*[?&](key|access_token)=.*"),
                () -> "a credential in the URL of " + seen);
        assertFalse(target.contains(token), () -> "the token in the URL of " + seen);
        assertTrue(
                seen.headers().stream().noneMatch(header -> header.value().contains(token)),
                () -> "the token in a header of " + seen);
    }

    private static boolean named(Header header, String... names) {
        return List.of(names).contains(header.name().toLowerCase(Locale.ROOT));
    }
}
