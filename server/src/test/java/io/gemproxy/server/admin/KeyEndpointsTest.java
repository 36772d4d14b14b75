package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.exchange.Result;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class KeyEndpointsTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aKeyIsFoundByItsIdOrNot() {
        Answer key = send(Method.GET, "/api/keys/second");
        Answer none = send(Method.GET, "/api/keys/third");

        assertEquals("RateLimited", key.json().path("state").asText());
        assertEquals("2026-11-21T09:00:42.123Z", key.json().path("until").asText());
        assertEquals("quota_requests_per_minute", key.json().path("reason").asText());
        assertEquals(10, key.json().at("/models/0/limits/0/limit").asInt());
        assertEquals("2026-11-21", key.json().at("/today/day").asText());
        assertEquals("2027-01-31", key.json().path("expires_at").asText());
        assertTrue(key.json().path("tier").isNull());
        assertEquals(404, none.status());
    }

    @Test
    void disablingAndEnablingAnswerWithTheKeyAsItIsNow() {
        assertEquals(
                "Disabled",
                send(Method.POST, "/api/keys/primary/disable").json().path("state").asText());
        assertEquals(
                "Disabled", send(Method.GET, "/api/keys/primary").json().path("state").asText());
        assertEquals(
                "Healthy",
                send(Method.POST, "/api/keys/primary/enable").json().path("state").asText());
    }

    @Test
    void aTestTellsItsStepsAndGeneratesOnlyWhenAsked() {
        JsonNode free = send(Method.POST, "/api/keys/primary/test").json();
        JsonNode spending = send(Method.POST, "/api/keys/primary/test?generate=true").json();

        assertEquals(1, free.path("steps").size());
        assertEquals("models_list", free.at("/steps/0/step").asText());
        assertEquals("generate_one_token", spending.at("/steps/1/step").asText());
        assertTrue(free.path("works").asBoolean());
        assertEquals("primary", free.at("/key/id").asText());
    }

    @Test
    void aTestThatMustWaitIs429WithItsReason() {
        admin.desk.busy = true;

        Answer refused = send(Method.POST, "/api/keys/primary/test");

        assertEquals(429, refused.status());
        assertEquals("Other tests run.", refused.json().path("detail").asText());
        assertEquals("urn:gemproxy:problem:not_now", refused.json().path("type").asText());
    }

    @Test
    void whatIsNotThereIs404() {
        for (String verb : new String[] {"enable", "disable", "test"}) {
            assertEquals(404, send(Method.POST, "/api/keys/third/" + verb).status(), verb);
        }
    }

    @Test
    void eachActionIsAuditedWithItsActorItsTargetAndHowItEnded() {
        Answer done = send(Method.POST, "/api/keys/second/disable");
        send(Method.POST, "/api/keys/third/enable");

        AuditEvent first = admin.audited.get(0);
        AuditEvent second = admin.audited.get(1);
        assertEquals(AuditEvent.Type.ADMIN_ACTION, first.type());
        assertEquals("key.disable", first.action());
        assertEquals(Result.SUCCESS, first.result());
        assertEquals(Optional.of("root"), first.actor());
        assertEquals(done.requestId(), first.requestId().orElseThrow().value());
        assertEquals(AdminFixture.NOW, first.at());
        assertEquals(Map.of("target", "second", "status", "200"), first.details());
        assertEquals("key.enable", second.action());
        assertEquals(Result.FAILURE, second.result());
        assertEquals("404", second.details().get("status"));
        assertEquals(2, admin.audited.size());
    }

    @Test
    void anActionWithoutTheRightIsRefusedAuditedAndNotDone() {
        assertEquals(401, send(Method.POST, "/api/keys/second/disable", "").status());
        assertEquals(
                403,
                send(Method.POST, "/api/keys/second/disable", AdminFixture.CLIENT_TOKEN).status());

        assertEquals(Result.DENIED, admin.audited.get(0).result());
        assertEquals(Optional.empty(), admin.audited.get(0).actor());
        assertEquals(Optional.of("app"), admin.audited.get(1).actor());
        assertEquals(
                "RateLimited", send(Method.GET, "/api/keys/second").json().path("state").asText());
    }

    @Test
    void anActionThatFailsIsAuditedAsFailed() {
        admin.desk.brokenActions = true;

        assertEquals(500, send(Method.POST, "/api/keys/second/enable").status());

        assertEquals(Result.FAILURE, admin.audited.getFirst().result());
    }

    @Test
    void readingIsNotAnAction() {
        send(Method.GET, "/api/keys");
        send(Method.GET, "/api/keys/second");

        assertTrue(admin.audited.isEmpty());
    }

    @Test
    void allowSaysWhatAPathAnswersTo() {
        Answer posted = send(Method.POST, "/api/keys/second");
        Answer read = send(Method.GET, "/api/keys/second/disable");

        assertEquals(405, posted.status());
        assertEquals("GET, HEAD, PATCH, DELETE", posted.allow());
        assertEquals(405, read.status());
        assertEquals("POST", read.allow());
    }

    private Answer send(Method method, String path) {
        return send(method, path, AdminFixture.ADMIN_TOKEN);
    }

    private Answer send(Method method, String path, String token) {
        String[] parts = path.split("\\?", -1);
        Http1ClientRequest request = client.method(method).uri("http://localhost" + parts[0]);
        if (parts.length > 1) {
            request.queryParam(parts[1].split("=", -1)[0], parts[1].split("=", -1)[1]);
        }
        if (!token.isEmpty()) {
            request.header(HeaderNames.AUTHORIZATION, "Bearer " + token);
        }
        try (Http1ClientResponse response = request.request()) {
            String body = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + body);
            return new Answer(
                    response.status().code(),
                    response.headers().get(HeaderNames.create("X-Request-Id")).get(),
                    response.headers().first(HeaderNames.ALLOW).orElse(""),
                    body);
        }
    }

    /** What came back. */
    private record Answer(int status, String requestId, String allow, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException e) {
                throw new AssertionError(body, e);
            }
        }
    }
}
