package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock("metrics")
class CrossOriginTest {
    private static final String OPS = "https://ops.example";
    private static final String TOKEN = "Bearer " + AdminFixture.ADMIN_TOKEN;

    private final AdminFixture admin = new AdminFixture();
    private final DirectClient off = new DirectClient(admin.routing());
    private final DirectClient on =
            new DirectClient(
                    admin.routing(
                            AdminFixture.config(
                                    true,
                                    List.of(
                                            URI.create("https://OPS.example:443"),
                                            URI.create("http://dev.example:3000")))));

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void nothingIsAllowedUnlessItIsConfigured() {
        try (Http1ClientResponse asked = preflight(off, OPS, "/api/keys")) {
            assertEquals(403, asked.status().code());
            assertNothingAllowed(asked);
        }
        try (Http1ClientResponse read =
                send(off, "GET", "/api/keys", Map.of("Origin", OPS, "Authorization", TOKEN))) {
            assertNothingAllowed(read);
            assertFalse(read.headers().contains(HeaderNames.VARY));
        }
    }

    @Test
    void whatAReloadChangesHoldsForTheNextRequest() {
        AtomicReference<AdminConfig> now =
                new AtomicReference<>(AdminFixture.config(true, List.of()));
        DirectClient client = new DirectClient(admin.routing(now::get));
        try (Http1ClientResponse asked = preflight(client, OPS, "/api/keys");
                Http1ClientResponse errors = send(client, "GET", "/errors", Map.of())) {
            assertEquals(403, asked.status().code());
            assertEquals(200, errors.status().code());
        }
        now.set(AdminFixture.config(false, List.of(URI.create(OPS))));
        try (Http1ClientResponse asked = preflight(client, OPS, "/api/keys");
                Http1ClientResponse errors = send(client, "GET", "/errors", Map.of())) {
            assertEquals(204, asked.status().code());
            assertEquals(401, errors.status().code());
        }
        now.set(AdminFixture.config(true, List.of()));
        try (Http1ClientResponse asked = preflight(client, OPS, "/api/keys");
                Http1ClientResponse errors = send(client, "GET", "/errors", Map.of())) {
            assertEquals(403, asked.status().code());
            assertEquals(200, errors.status().code());
        }
    }

    @Test
    void aNamedOriginMayAskBeforehandWithoutAToken() {
        try (Http1ClientResponse asked = preflight(on, OPS, "/api/keys/second/disable")) {
            assertEquals(204, asked.status().code());
            assertEquals(OPS, header(asked, "Access-Control-Allow-Origin"));
            assertEquals("POST", header(asked, "Access-Control-Allow-Methods"));
            assertTrue(header(asked, "Access-Control-Allow-Headers").contains("Authorization"));
            assertEquals("Origin", header(asked, "Vary"));
            assertFalse(
                    asked.headers()
                            .contains(HeaderNames.create("Access-Control-Allow-Credentials")));
        }
    }

    @Test
    void aNamedOriginMayReadAndChangeWithATokenOfItsOwn() {
        Map<String, String> fields =
                Map.of("Origin", OPS, "Sec-Fetch-Site", "cross-site", "Authorization", TOKEN);
        try (Http1ClientResponse read = send(on, "GET", "/api/keys", fields)) {
            assertEquals(200, read.status().code());
            assertEquals(OPS, header(read, "Access-Control-Allow-Origin"));
            assertTrue(header(read, "Access-Control-Expose-Headers").contains("ETag"));
        }
        try (Http1ClientResponse done = send(on, "POST", "/api/keys/second/disable", fields)) {
            assertEquals(200, done.status().code());
        }
    }

    @Test
    void itStillNeedsTheTokenAndACookieIsNone() throws java.io.IOException {
        try (Http1ClientResponse read = send(on, "GET", "/api/keys", Map.of("Origin", OPS))) {
            assertEquals(401, read.status().code());
            assertEquals(OPS, header(read, "Access-Control-Allow-Origin"));
        }
        String session =
                admin.people
                        .desk()
                        .sessions()
                        .open("127.0.0.1", java.util.Optional.empty())
                        .access();
        Map<String, String> cookie =
                Map.of(
                        "Origin",
                        OPS,
                        "Cookie",
                        AdminDoor.COOKIE + "=" + session,
                        BrowserGuard.HEADER,
                        "1");
        try (Http1ClientResponse done = send(on, "POST", "/api/keys/second/disable", cookie)) {
            assertEquals(403, done.status().code());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://ops.example",
                "https://ops.example:8443",
                "https://ops.example.evil.example",
                "https://sub.ops.example",
                "http://dev.example",
                "null",
                "*"
            })
    void nearlyTheSameOriginIsAnother(String origin) {
        try (Http1ClientResponse asked = preflight(on, origin, "/api/keys")) {
            assertEquals(403, asked.status().code());
            assertNothingAllowed(asked);
            assertEquals("Origin", header(asked, "Vary"));
        }
        Map<String, String> fields = Map.of("Origin", origin, "Authorization", TOKEN);
        try (Http1ClientResponse done = send(on, "POST", "/api/keys/second/disable", fields)) {
            assertEquals(403, done.status().code());
            assertNothingAllowed(done);
        }
    }

    @Test
    void whatIsNoPathIsNotFoundBeforehandEither() {
        try (Http1ClientResponse asked = preflight(on, OPS, "/nothing")) {
            assertEquals(404, asked.status().code());
        }
    }

    private static Http1ClientResponse preflight(DirectClient client, String origin, String path) {
        return send(
                client,
                "OPTIONS",
                path,
                Map.of("Origin", origin, "Access-Control-Request-Method", "POST"));
    }

    private static Http1ClientResponse send(
            DirectClient client, String method, String path, Map<String, String> fields) {
        Http1ClientRequest request =
                client.method(Method.create(method)).uri("http://localhost" + path);
        fields.forEach((name, value) -> request.header(HeaderNames.create(name), value));
        Http1ClientResponse response = request.request();
        Emissions.OF_THIS_RUN.emitted("the head of " + path, response.headers().toString());
        return response;
    }

    private static void assertNothingAllowed(Http1ClientResponse response) {
        for (String name : List.of("Origin", "Methods", "Headers", "Credentials")) {
            assertFalse(
                    response.headers()
                            .contains(HeaderNames.create("Access-Control-Allow-" + name)));
        }
    }

    private static String header(Http1ClientResponse response, String name) {
        return response.headers().first(HeaderNames.create(name)).orElse("");
    }
}
