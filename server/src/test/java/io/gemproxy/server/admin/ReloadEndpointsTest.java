package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Result;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class ReloadEndpointsTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void whatIsInEffectIsToldWithWhatWaitsAndWhoAsked() throws IOException {
        JsonNode applied = send(Method.POST, "/api/config/reload", 200);
        assertEquals("applied", applied.path("result").asText());
        assertEquals("server.port", applied.at("/need_restart/0").asText());
        assertEquals("root", applied.path("actor").asText());
        assertEquals(
                "config.reload", admin.audited.getLast().action(), "it is an AdminAction besides");
    }

    @Test
    void aRefusedConfigurationIsAProblemWithAllFindings() throws IOException {
        admin.reloading.valid = false;
        JsonNode problem = send(Method.POST, "/api/config/reload", 422);
        assertEquals("urn:gemproxy:problem:config_rejected", problem.path("type").asText());
        assertEquals("GPX1005", problem.at("/findings/0/code").asText());
        assertEquals(3, problem.at("/findings/0/line").asInt());
    }

    @Test
    void whatOnlyPartsOfTheServerTookOverIsNoSuccess() throws IOException {
        admin.reloading.partial = true;
        JsonNode problem = send(Method.POST, "/api/config/reload", 500);
        assertEquals("urn:gemproxy:problem:partly_applied", problem.path("type").asText());
        assertEquals("GPX1005", problem.at("/findings/0/code").asText());
        assertEquals(Result.FAILURE, admin.audited.getLast().result());
        assertEquals(
                "partial",
                send(Method.GET, "/api/status", 200).at("/config/last_reload/result").asText());
    }

    @Test
    void theStatusTellsOfTheConfigurationButHealthDoesNot() throws IOException {
        JsonNode status = send(Method.GET, "/api/status", 200);
        assertEquals("0123456789abcdef", status.at("/config/version").asText());
        assertEquals("applied", status.at("/config/last_reload/result").asText());
        JsonNode health = send(Method.GET, "/health/detailed", 200);
        assertTrue(health.at("/server/config").isNull());
    }

    private JsonNode send(Method method, String path, int expected) throws IOException {
        try (Http1ClientResponse response =
                client.method(method)
                        .uri("http://localhost" + path)
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN)
                        .request()) {
            assertEquals(expected, response.status().code());
            String body = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + body);
            return new ObjectMapper().readTree(body);
        }
    }
}
