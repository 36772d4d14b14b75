package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.KeyId;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientRequest;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Presets of weights over the admin port. */
@ResourceLock("metrics")
class WeightEndpointsTest {
    private final AdminFixture admin = new AdminFixture();
    private final DirectClient client = new DirectClient(admin.routing());
    private String tag = "";

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void aPresetIsSavedListedAppliedAndRolledBack() throws IOException {
        JsonNode saved = put("/api/weights/presets/night", "{\"weights\":{\"second\":7}}", 200);
        assertEquals(7, saved.at("/weights/second").asInt());
        assertEquals("root", saved.path("saved_by").asText());
        assertTrue(send(Method.GET, "/api/weights", "", 200).path("preset").isNull());

        JsonNode applied =
                send(Method.POST, "/api/weights/apply", "{\"preset_name\":\"night\"}", 200);

        assertEquals("night", applied.path("preset").asText());
        assertTrue(applied.at("/keys/1/from_preset").asBoolean());
        assertEquals(Map.of(new KeyId("second"), 7), admin.weighed);
        assertTrue(
                send(Method.GET, "/api/weights/presets", "", 200)
                        .at("/presets/0/applied")
                        .asBoolean());
        send(Method.DELETE, "/api/weights/presets/night", "", 409);
        assertTrue(send(Method.POST, "/api/weights/rollback", "", 200).path("preset").isNull());
        assertEquals(Map.of(), admin.weighed);
        send(Method.POST, "/api/weights/rollback", "", 409);
        send(Method.DELETE, "/api/weights/presets/night", "", 200);
        send(Method.GET, "/api/weights/presets/night", "", 404);
        assertEquals("weights.save", admin.audited.getFirst().action());
        assertEquals("night", admin.audited.getFirst().details().get("target"));
        assertEquals("night", admin.audited.get(1).details().get("preset"));
    }

    @Test
    void withoutWeightsThoseThatHoldAreSaved() throws IOException {
        JsonNode saved = put("/api/weights/presets/now", "", 200);
        assertEquals(100, saved.at("/weights/primary").asInt());
        assertEquals(100, saved.at("/weights/second").asInt());
    }

    @Test
    void whatCannotBeUnderstoodIsRefused() throws IOException {
        for (String body :
                new String[] {
                    "{\"weights\":{}}",
                    "{\"weights\":{\"third\":1}}",
                    "{\"weights\":{\"second\":0}}",
                    "{\"weights\":{\"second\":10001}}",
                    "{\"weights\":{\"second\":\"1\"}}",
                    "{\"weights\":[1]}",
                    "{\"weight\":{\"second\":1}}",
                    "[]"
                }) {
            put("/api/weights/presets/bad", body, 400);
        }
        put("/api/weights/presets/.bad", "", 400);
        send(Method.POST, "/api/weights/apply", "{}", 400);
        send(Method.POST, "/api/weights/apply", "{\"preset_name\":\"none\"}", 404);
        send(Method.DELETE, "/api/weights/presets/none", "", 404);
    }

    @Test
    void theSecondOfTwoAdminsIsToldAndOverwritesNothing() throws IOException {
        String night = "/api/weights/presets/night";
        String apply = "{\"preset_name\":\"night\"}";
        send(Method.GET, "/api/weights/presets", "", 200);
        String empty = tag;
        put(night, "{\"weights\":{\"second\":7}}", 200, empty);
        String saved = tag;
        JsonNode late = put(night, "{\"weights\":{\"second\":8}}", 412, empty);
        assertEquals("urn:gemproxy:problem:stale", late.path("type").asText());
        assertEquals(saved, tag);
        send(Method.DELETE, night, "", 412, empty);
        send(Method.POST, "/api/weights/apply", apply, 412, empty);
        assertEquals(7, send(Method.GET, night, "", 200).at("/weights/second").asInt());
        assertEquals(saved, tag);
        assertEquals(Map.of(), admin.weighed);

        send(Method.POST, "/api/weights/apply", apply, 200, saved);
        String applied = tag;
        send(Method.POST, "/api/weights/rollback", "", 412, saved);
        assertEquals(Map.of(new KeyId("second"), 7), admin.weighed);
        send(Method.GET, "/api/weights", "", 200);
        assertEquals(applied, tag);
        send(Method.POST, "/api/weights/rollback", "", 200, applied);
        send(Method.DELETE, night, "", 200, "*");
        send(Method.DELETE, night, "", 404, "*");
    }

    private JsonNode put(String path, String body, int status, String condition)
            throws IOException {
        return send(Method.PUT, path, body, status, condition);
    }

    private JsonNode put(String path, String body, int status) throws IOException {
        return send(Method.PUT, path, body, status);
    }

    private JsonNode send(Method method, String path, String body, int status) throws IOException {
        return send(method, path, body, status, "");
    }

    private JsonNode send(Method method, String path, String body, int status, String condition)
            throws IOException {
        Http1ClientRequest request =
                client.method(method)
                        .uri("http://localhost" + path)
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN);
        if (!condition.isEmpty()) {
            request.header(HeaderNames.IF_MATCH, condition);
        }
        try (Http1ClientResponse response = request.submit(body)) {
            tag = response.headers().first(HeaderNames.ETAG).orElse("");
            String said = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + said);
            assertEquals(status, response.status().code(), path + " " + body + said);
            return new ObjectMapper().readTree(said);
        }
    }
}
