package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.audit.AuditSearch;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock("metrics")
final class AuditEndpointsTest {
    @TempDir private Path directory;

    private JsonNode get(String query, int status) throws IOException {
        Path log = directory.resolve("audit.log");
        Files.writeString(
                log,
                "{\"seq\":1,\"actor\":\"ci\",\"tokens\":{\"total\":5}}\n"
                        + "{\"seq\":2,\"actor\":\"ann\"}\n"
                        + "{\"seq\":3,\"actor\":\"ci\"}\n");
        try (AdminFixture admin = new AdminFixture()) {
            admin.records = new AuditSearch(log);
            DirectClient client = new DirectClient(admin.routing());
            try (Http1ClientResponse answer =
                    client.get()
                            .uri("http://localhost/api/audit" + query)
                            .skipUriEncoding(true)
                            .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN)
                            .request()) {
                String body = answer.as(String.class);
                Emissions.OF_THIS_RUN.emitted("the answer of /api/audit" + query, body);
                assertEquals(status, answer.status().code(), body);
                return new ObjectMapper().readTree(body);
            }
        }
    }

    @Test
    void theNewestComeFirstPageByPage() throws Exception {
        JsonNode page = get("?limit=2", 200);
        assertEquals(3, page.path("records").path(0).path("seq").asInt());
        assertEquals(2, page.path("records").size());
        assertEquals("2", page.path("next_cursor").asText());
        JsonNode rest = get("?limit=2&cursor=2", 200);
        assertEquals(1, rest.path("records").size());
        assertTrue(rest.path("next_cursor").isNull());
    }

    @Test
    void otherParametersAreConditions() throws Exception {
        JsonNode page = get("?actor=ci&tokens.total=5", 200);
        assertEquals(1, page.path("records").size());
        assertEquals(1, page.path("records").path(0).path("seq").asInt());
        assertEquals(0, get("?actor=nobody", 200).path("records").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=1001", "?limit=x", "?cursor=-1", "?cursor="})
    void whatCannotBeUnderstoodIs400(String query) throws Exception {
        assertEquals("urn:gemproxy:problem:invalid_request", get(query, 400).path("type").asText());
    }
}
