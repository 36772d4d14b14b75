package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditEvent;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock("metrics")
final class TokenEndpointsTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"subject\":\"a\",\"subject\":\"b\"}",
                "{\"subject\":\"a\"} x",
                "{\"subject\":7}",
                "{\"subject\":\" \"}",
                "{\"subject\":\"a\\nb\"}",
                "{\"subject\":\"a\",\"ttl\":\"soon\"}",
                "{\"subject\":\"a\",\"ttl\":\"91d\"}",
                "{\"subject\":\"a\",\"role\":\"root\"}",
                "{\"subject\":\"a\",\"models\":[]}",
                "{\"subject\":\"a\",\"models\":[\"a b\"]}",
                "{\"subject\":\"a\",\"operations\":[\"paint\"]}",
                "{\"subject\":\"a\",\"rpm\":0}",
                "{\"subject\":\"a\",\"rpm\":1.5}",
                "{\"subject\":\"a\",\"daily_cost_usd\":-1}",
                "{\"subject\":\"a\",\"admin\":true}"
            })
    void aTokenThatCannotBeMeantIsNotMinted(String body) throws IOException {
        assertEquals(400, post("/api/tokens", body).status());
        assertTrue(events(AuditEvent.Type.TOKEN_ISSUED).isEmpty());
        assertEquals(1, events(AuditEvent.Type.ADMIN_ACTION).size());
    }

    @Test
    void aTokenIsMintedAndRecordedWithoutItself() throws IOException {
        Answer answer = post("/api/tokens", "{\"subject\":\"ci\",\"ttl\":\"2h\",\"rpm\":5}");
        assertEquals(200, answer.status());
        AuditEvent issued = events(AuditEvent.Type.TOKEN_ISSUED).getFirst();
        assertEquals("ci", issued.details().get("subject"));
        assertEquals(answer.body().path("jti").asText(), issued.details().get("jti"));
        assertFalse(issued.toString().contains(answer.body().path("token").asText()));
        assertEquals("2026-11-21T11:00:00Z", answer.body().path("expires_at").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"jti\":\"a\",\"subject\":\"b\"}",
                "{\"jti\":\"a\",\"issued_before\":\"2026-11-21T08:00:00Z\"}",
                "{\"subject\":\"a\",\"expires_at\":\"2026-12-21T08:00:00Z\"}",
                "{\"issued_before\":\"2026-11-21T09:00:09Z\"}",
                "{\"issued_before\":\"yesterday\"}",
                "{\"token\":\"x\"}"
            })
    void whatCannotBeMeantIsNotRevoked(String body) throws IOException {
        assertEquals(400, post("/api/tokens/revoke", body).status());
        assertTrue(admin.tokens.revocations().list().isEmpty());
        assertTrue(events(AuditEvent.Type.TOKEN_REVOKED).isEmpty());
    }

    @Test
    void namesAreNotTakenAtAnyLength() throws IOException {
        String body = "{\"subject\":\"" + "a".repeat(129) + "\"}";
        assertEquals(400, post("/api/tokens/revoke", body).status());
        String large = "{\"subject\":\"" + "a".repeat(70_000) + "\"}";
        assertEquals(413, post("/api/tokens/revoke", large).status());
    }

    @Test
    void aDiskThatFailsIsTold() throws IOException {
        admin.fake.diskFails = true;
        Answer revoked = post("/api/tokens/revoke", "{\"jti\":\"one\"}");
        assertEquals(503, revoked.status());
        assertTrue(revoked.body().path("detail").asText().contains("revoked now"));
        Answer rotated = post("/api/tokens/keys/rotate", "");
        assertEquals(503, rotated.status());
        assertEquals(1, admin.tokens.ring().list().size());
    }

    @Test
    void aSecretThatSignsIsNotRetired() throws IOException {
        assertEquals(409, post("/api/tokens/keys/configured/retire?force=true", "").status());
        post("/api/tokens/keys/rotate", "");
        assertEquals(409, post("/api/tokens/keys/configured/retire", "").status());
        assertEquals(200, post("/api/tokens/keys/configured/retire?force=true", "").status());
        assertEquals(404, post("/api/tokens/keys/configured/retire?force=true", "").status());
    }

    private List<AuditEvent> events(AuditEvent.Type type) {
        return admin.audited.stream().filter(event -> event.type() == type).toList();
    }

    private Answer post(String path, String body) throws IOException {
        try (Http1ClientResponse response =
                client.post("http://localhost" + path.replace("?force=true", ""))
                        .queryParam("force", Boolean.toString(path.endsWith("?force=true")))
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN)
                        .submit(body)) {
            String text = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, text);
            return new Answer(response.status().code(), new ObjectMapper().readTree(text));
        }
    }

    /** Status and body. */
    private record Answer(int status, JsonNode body) {}
}
