package io.gemproxy.server.admin;

import static io.gemproxy.server.admin.Yaml.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.metrics.FinishedExchanges;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class OpenApiTest {
    private static final Path DOCS = docs();

    @Test
    void describesExactlyThePathsThatAreServed() throws IOException {
        assertEquals(served(), new TreeSet<>(paths().keySet()));
    }

    @Test
    void everyPathHasAGetWithItsAnswersAndItsGuard() throws IOException {
        try (AdminFixture admin = new AdminFixture()) {
            for (Endpoint endpoint : new Endpoints(admin.sources()).all()) {
                Map<String, Object> get = map(map(paths().get(endpoint.path())).get("get"));
                boolean guarded = endpoint.access() != Endpoint.Access.OPEN;
                Set<String> answers = map(get.get("responses")).keySet();
                assertTrue(answers.contains("200"), endpoint.path());
                assertEquals(guarded, answers.contains("401"), endpoint.path());
                assertEquals(guarded, get.containsKey("security"), endpoint.path());
            }
        }
    }

    @Test
    void everyBodyIsAsDescribed() throws IOException {
        BodySchema schema = new BodySchema(Yaml.read(DOCS.resolve("openapi.yaml")));
        try (AdminFixture admin = new AdminFixture()) {
            admin.finished(FinishedExchanges.success("m", Duration.ofMillis(3), "bad", "good"));
            admin.finished(
                    FinishedExchanges.failure(
                            "m", 500, new AttemptOutcome.ServerFault(500), "second"));
            DirectClient client = new DirectClient(admin.routing());
            for (String path : served()) {
                if (!path.equals("/metrics")) {
                    assertEquals(List.of(), findings(schema, client, path), path);
                }
            }
        }
    }

    private static List<String> findings(BodySchema schema, DirectClient client, String path)
            throws IOException {
        try (Http1ClientResponse response =
                client.get("http://localhost" + path.replace("{id}", "second"))
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + AdminFixture.ADMIN_TOKEN)
                        .request()) {
            Map<String, Object> answers =
                    map(map(map(paths().get(path)).get("get")).get("responses"));
            Map<String, Object> answer = map(answers.get("" + response.status().code()));
            Object described =
                    map(map(answer.get("content")).get("application/json")).get("schema");
            String body = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + body);
            return schema.findings(new ObjectMapper().readTree(body), map(described));
        }
    }

    @Test
    void theManualNamesEveryPath() throws IOException {
        String manual = Files.readString(DOCS.resolve("admin-api.md"));

        for (String path : served()) {
            assertTrue(manual.contains("`GET " + path + "`"), path);
        }
    }

    private static Set<String> served() {
        try (AdminFixture admin = new AdminFixture()) {
            return new Endpoints(admin.sources())
                    .all().stream()
                            .map(Endpoint::path)
                            .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Map<String, Object> paths() throws IOException {
        return map(Yaml.read(DOCS.resolve("openapi.yaml")).get("paths"));
    }

    /** The tests run in the module's directory or in the repository's. */
    private static Path docs() {
        Path here = Path.of("docs");
        return Files.isDirectory(here) ? here : Path.of("..", "docs");
    }
}
