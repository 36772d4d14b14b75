package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.metrics.FinishedExchanges;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class AdminRoutesTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void healthIsUpWhileAKeyIsUsable() {
        Answer health = get("/health");

        assertEquals(200, health.status());
        assertEquals("UP", health.json().path("status").asText());
        assertEquals(3600, health.json().path("uptime_seconds").asLong());
    }

    @Test
    void readyAndDetailedAreRedWithoutAUsableKeyButLiveIsNot() {
        admin.usable = false;

        assertEquals(503, get("/health/ready").status());
        assertEquals(503, get("/health/detailed").status());
        assertEquals(200, get("/health/live").status());
        assertEquals("DOWN", get("/health/ready").json().path("status").asText());
    }

    @Test
    void readyIsRedAtOnceWhileDraining() {
        assertEquals(200, get("/health/ready").status());
        admin.draining = true;

        assertEquals(503, get("/health/ready").status());
        assertEquals(503, get("/health/detailed").status());
    }

    @Test
    void liveIsRedWhenAListenerNoLongerAccepts() {
        admin.accepting = false;

        Answer live = get("/health/live");

        assertEquals(503, live.status());
        assertEquals("listener_proxy", live.json().at("/checks/0/name").asText());
    }

    @Test
    void detailedNamesKeysByTheirIds() {
        JsonNode detailed = get("/health/detailed").json();

        assertEquals("primary", detailed.at("/keys/0/id").asText());
        assertEquals("RateLimited", detailed.at("/keys/1/state").asText());
        assertEquals(7, detailed.at("/server/connections").asInt());
    }

    @Test
    void metricsAreThePrometheusText() {
        admin.finished(FinishedExchanges.success("gemini-a", Duration.ofMillis(3), "primary"));

        Answer metrics = get("/metrics");

        assertEquals("text/plain; version=0.0.4; charset=utf-8", metrics.type());
        assertTrue(metrics.body().contains("gemini_proxy_requests_total{"));
    }

    @Test
    void performanceTellsWhatHappened() {
        for (int i = 0; i < 30; i++) {
            admin.finished(FinishedExchanges.success("m", Duration.ofMillis(100), "primary"));
        }
        admin.finished(
                FinishedExchanges.failure("m", 500, new AttemptOutcome.ServerFault(500), "second"));
        admin.nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        JsonNode minute = get("/performance").json().at("/windows/0");

        assertEquals("1m", minute.path("window").asText());
        assertEquals(31, minute.path("requests").asLong());
        assertEquals(6.2, minute.path("requests_per_second").asDouble(), 1e-9);
        assertEquals(30 / 31.0, minute.path("success_rate").asDouble(), 1e-9);
        assertEquals(100, minute.at("/duration_ms/p50").asDouble(), 1);
        assertEquals(50, minute.at("/time_to_first_byte_ms/p99").asDouble(), 1);
        assertTrue(get("/performance").json().at("/process/heap_used_bytes").asLong() > 0);
    }

    @Test
    void performanceSaysNullForWhatItDoesNotKnow() {
        JsonNode minute = get("/performance").json().at("/windows/0");

        assertTrue(minute.path("success_rate").isNull());
        assertTrue(minute.at("/duration_ms/p50").isNull());
    }

    @Test
    void errorsShowTheLastExampleAndNoClient() {
        admin.finished(
                FinishedExchanges.failure("m", 500, new AttemptOutcome.ServerFault(500), "second"));

        Answer errors = get("/errors");

        assertEquals(1, errors.json().at("/classes/upstream/counts/1m").asInt());
        assertEquals(
                "2026-11-21T09:00:00.123Z",
                errors.json().at("/classes/upstream/last/time").asText());
        assertEquals("upstream", errors.json().at("/recent/0/class").asText());
        assertEquals("second", errors.json().at("/recent/0/key").asText());
        assertFalse(errors.body().contains("private"));
    }

    @Test
    void theApiWantsAnAdminToken() {
        assertEquals(401, get("/api/status").status());
        assertEquals(401, get("/api/status", "nonsense").status());
        assertEquals(403, get("/api/status", AdminFixture.CLIENT_TOKEN).status());
        assertEquals(200, get("/api/status", AdminFixture.ADMIN_TOKEN).status());
    }

    @Test
    void aRefusalIsAProblemDocumentWithTheRequestId() {
        Answer refused = get("/api/keys");

        assertEquals("application/problem+json", refused.type());
        assertEquals(401, refused.json().path("status").asInt());
        assertEquals("urn:gemproxy:problem:unauthenticated", refused.json().path("type").asText());
        assertEquals(refused.requestId(), refused.json().path("request_id").asText());
        assertEquals("Bearer realm=\"gemproxy-admin\"", refused.challenge());
    }

    @Test
    void anUnknownPathIs404AndAWrongMethod405() {
        assertEquals(404, get("/nothing").status());
        try (Http1ClientResponse response = client.post("http://localhost/health").request()) {
            assertEquals(405, response.status().code());
            assertEquals("GET, HEAD", response.headers().get(HeaderNames.ALLOW).get());
        }
        try (Http1ClientResponse response =
                client.method(Method.DELETE).uri("http://localhost/api/keys/primary").request()) {
            assertEquals(401, response.status().code());
        }
    }

    @Test
    void aBugIs500WithoutItsWords() {
        admin.broken = true;

        Answer failed = get("/health/detailed", AdminFixture.ADMIN_TOKEN);

        assertEquals(500, failed.status());
        assertFalse(failed.body().contains("secret"));
        assertEquals("application/problem+json", failed.type());
    }

    @Test
    void closedEndpointsWantATokenButHealthStaysOpen() {
        DirectClient closed =
                new DirectClient(admin.routing(AdminFixture.config(false, List.of())));

        for (String path : new String[] {"/metrics", "/performance", "/errors"}) {
            assertEquals(401, get(closed, path, "").status(), path);
            assertEquals(200, get(closed, path, AdminFixture.ADMIN_TOKEN).status(), path);
        }
        for (String path : new String[] {"/health", "/health/live", "/health/ready"}) {
            assertEquals(200, get(closed, path, "").status(), path);
        }
    }

    private Answer get(String path) {
        return get(client, path, "");
    }

    private Answer get(String path, String token) {
        return get(client, path, token);
    }

    private static Answer get(DirectClient client, String path, String token) {
        Http1ClientRequest request = client.get("http://localhost" + path);
        if (!token.isEmpty()) {
            request.header(HeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        try (Http1ClientResponse response = request.request()) {
            String body = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + body);
            return new Answer(
                    response.status().code(),
                    response.headers().get(HeaderNames.CONTENT_TYPE).get(),
                    response.headers().get(HeaderNames.create("X-Request-Id")).get(),
                    response.headers().first(HeaderNames.WWW_AUTHENTICATE).orElse(""),
                    body);
        }
    }

    /** What came back. */
    private record Answer(
            int status, String type, String requestId, String challenge, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }
}
