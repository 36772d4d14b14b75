package io.gemproxy.server.admin;

import static io.gemproxy.server.admin.Yaml.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.sessions.SessionTokens;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.metrics.FinishedExchanges;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.http1.Http1ClientResponse;
import io.helidon.webserver.testing.junit5.DirectClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class OpenApiTest {
    private static final Path DOCS = docs();

    private static final Set<String> NO_JSON = Set.of("/metrics", "/api/openapi.yaml");

    /** What is sent where a body is wanted. */
    private static final Map<String, String> BODIES =
            Map.of(
                    "/api/tokens",
                    "{\"subject\":\"ci\",\"ttl\":\"1h\"}",
                    "/api/tokens/revoke",
                    "{\"subject\":\"ci\"}",
                    "/api/config/validate",
                    "server: {}",
                    "/api/weights/apply",
                    "{\"preset_name\":\"kept\"}",
                    "/auth/login",
                    "{\"password\":\"" + FakeSessionDesk.PASSWORD + "\"}");

    @Test
    void describesExactlyTheOperationsThatAreServed() throws IOException {
        Set<String> described = new TreeSet<>();
        paths().forEach((path, item) ->
                map(item)
                        .keySet()
                        .forEach(
                                verb -> described.add(verb.toUpperCase(Locale.ROOT) + " " + path)));

        assertEquals(names(), described);
    }

    @Test
    void everyOperationHasItsAnswersAndItsGuard() throws IOException {
        for (Endpoint endpoint : served()) {
            Map<String, Object> operation = operation(endpoint);
            boolean open = endpoint.access() == Endpoint.Access.OPEN;
            boolean guarded = !open && endpoint.access() != Endpoint.Access.LOGIN;
            Set<String> answers = map(operation.get("responses")).keySet();
            assertTrue(answers.contains("200") || answers.contains("201"), endpoint.path());
            assertEquals(!open, answers.contains("401"), endpoint.path());
            assertEquals(guarded, operation.containsKey("security"), endpoint.path());
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
            admin.weights.save("kept", Map.of("second", 7), "root");
            admin.weights.save("second", Map.of("second", 9), "root");
            DirectClient client = new DirectClient(admin.routing());
            for (Endpoint endpoint : served()) {
                if (!NO_JSON.contains(endpoint.path())) {
                    SessionTokens person =
                            admin.people.desk().sessions().open("127.0.0.1", Optional.of("test"));
                    assertEquals(
                            List.of(),
                            findings(schema, client, endpoint, person),
                            endpoint.toString());
                }
            }
        }
    }

    @Test
    void theDocumentIsServedAsItIs() throws IOException {
        try (AdminFixture admin = new AdminFixture();
                Http1ClientResponse response =
                        new DirectClient(admin.routing())
                                .get("http://localhost/api/openapi.yaml")
                                .header(
                                        HeaderNames.AUTHORIZATION,
                                        "Bearer " + AdminFixture.ADMIN_TOKEN)
                                .request()) {
            assertEquals(200, response.status().code());
            assertEquals(
                    "application/yaml", response.headers().get(HeaderNames.CONTENT_TYPE).get());
            assertEquals(Files.readString(DOCS.resolve("openapi.yaml")), response.as(String.class));
        }
    }

    @Test
    void everyOperationDescribesTheProblemsItCanMeet() throws IOException {
        for (Endpoint endpoint : served()) {
            Map<String, Object> operation = operation(endpoint);
            Set<String> missing = new TreeSet<>(problems(endpoint, operation));
            missing.removeAll(map(operation.get("responses")).keySet());
            assertEquals(Set.of(), missing, endpoint.verb() + " " + endpoint.path());
        }
    }

    /** What can go wrong with any request like it. */
    private static Set<String> problems(Endpoint endpoint, Map<String, Object> operation) {
        Set<String> problems = new TreeSet<>();
        boolean guarded =
                endpoint.access() == Endpoint.Access.ADMIN
                        || endpoint.access() == Endpoint.Access.OPENABLE;
        if (guarded) {
            problems.addAll(Set.of("401", "403"));
        }
        if (endpoint.verb() != Endpoint.Verb.GET) {
            problems.add("403");
        }
        if (endpoint.path().contains("{")) {
            problems.add("404");
        }
        if (operation.containsKey("requestBody")) {
            problems.add("400");
        }
        return problems;
    }

    @Test
    void everyAnswerThatIsNoGoodOneIsAProblem() throws IOException {
        for (Endpoint endpoint : served()) {
            map(operation(endpoint).get("responses"))
                    .forEach((status, answer) -> {
                        boolean health = endpoint.access() == Endpoint.Access.OPEN;
                        if (status.compareTo("400") >= 0 && !health) {
                            assertEquals(
                                    Set.of("application/problem+json"),
                                    contentTypes(answer),
                                    endpoint.path() + " " + status);
                        }
                    });
        }
    }

    private static Set<String> contentTypes(Object answer) {
        try {
            Object ref = map(answer).get("$ref");
            Object described =
                    ref == null
                            ? answer
                            : map(map(whole().get("components")).get("responses"))
                                    .get(ref.toString().replaceFirst(".*/", ""));
            return map(map(described).get("content")).keySet();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void theProblemsThatEveryRouteHasAreAsDescribed() throws IOException {
        BodySchema schema = new BodySchema(whole());
        Map<String, Object> problem = Map.of("$ref", "#/components/schemas/Problem");
        try (AdminFixture admin = new AdminFixture()) {
            DirectClient client = new DirectClient(admin.routing());
            for (Endpoint endpoint : served()) {
                for (String token : List.of("", AdminFixture.CLIENT_TOKEN)) {
                    try (Http1ClientResponse response =
                            client.method(Method.PATCH)
                                    .uri(
                                            "http://localhost"
                                                    + endpoint.path()
                                                            .replace("{", "")
                                                            .replace("}", ""))
                                    .header(HeaderNames.AUTHORIZATION, "Bearer " + token)
                                    .request()) {
                        assertTrue(response.status().code() >= 400, endpoint.path());
                        JsonNode said = new ObjectMapper().readTree(response.as(String.class));
                        assertEquals(List.of(), schema.findings(said, problem), endpoint.path());
                    }
                }
            }
        }
    }

    /** The path with something that is there, so that the answer is a good one. */
    private static String asked(String path, SessionTokens person) {
        if (path.startsWith("/api/sessions")) {
            return path.replace("{id}", person.session().id());
        }
        if (path.equals("/api/tokens/keys/{id}/retire")) {
            return "/api/tokens/keys/configured/retire";
        }
        if (path.startsWith("/api/config")) {
            return path.replace("{version}", FakeConfigDesk.FIRST);
        }
        return path.replace("{name}", "second")
                .replace(
                        "{id}",
                        path.startsWith("/api/requests") ? FinishedExchanges.REQUEST_ID : "second");
    }

    private static List<String> findings(
            BodySchema schema, DirectClient client, Endpoint endpoint, SessionTokens person)
            throws IOException {
        String path = asked(endpoint.path(), person);
        String body =
                path.equals("/auth/refresh")
                        ? "{\"refresh_token\":\"" + person.refresh() + "\"}"
                        : BODIES.getOrDefault(path, "");
        try (Http1ClientResponse response =
                client.method(Method.create(endpoint.verb().name()))
                        .uri("http://localhost" + path)
                        .queryParam("force", "true")
                        .header(HeaderNames.IF_MATCH, "*")
                        .header(HeaderNames.AUTHORIZATION, "Bearer " + person.access())
                        .submit(body)) {
            Map<String, Object> answers = map(operation(endpoint).get("responses"));
            Map<String, Object> answer = map(answers.get("" + response.status().code()));
            Object described =
                    map(map(answer.get("content")).get("application/json")).get("schema");
            String said = response.as(String.class);
            Emissions.OF_THIS_RUN.emitted("the answer of " + path, response.headers() + said);
            return schema.findings(new ObjectMapper().readTree(said), map(described));
        }
    }

    /** What the command line is tested with is what the server says. */
    @Test
    void theAnswersTheCommandLineIsTestedWithAreAsDescribed() throws IOException {
        BodySchema schema = new BodySchema(Yaml.read(DOCS.resolve("openapi.yaml")));
        Path answers = DOCS.resolveSibling("cli/src/test/resources/io/gemproxy/cli");
        Map<String, String> described =
                Map.of(
                        "admin-reload.json", "Reload",
                        "admin-keys.json", "KeyList",
                        "admin-key.json", "Key",
                        "admin-key-test.json", "KeyTest",
                        "admin-usage.json", "Usage",
                        "admin-request.json", "Request",
                        "admin-revocation.json", "Revocation",
                        "admin-revocations.json", "RevocationList",
                        "admin-sessions.json", "SessionList",
                        "admin-signing-keys.json", "SigningKeyList");
        for (Map.Entry<String, String> answer : described.entrySet()) {
            JsonNode body =
                    new ObjectMapper().readTree(Files.readString(answers.resolve(answer.getKey())));
            Map<String, Object> ref = Map.of("$ref", "#/components/schemas/" + answer.getValue());
            assertEquals(List.of(), schema.findings(body, ref), answer.getKey());
        }
    }

    @Test
    void theManualNamesEveryOperation() throws IOException {
        String manual = Files.readString(DOCS.resolve("admin-api.md"));

        for (String name : names()) {
            assertTrue(manual.contains("`" + name + "`"), name);
        }
    }

    private static Set<String> names() {
        return served().stream()
                .map(endpoint -> endpoint.verb() + " " + endpoint.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Endpoint> served() {
        try (AdminFixture admin = new AdminFixture()) {
            return new Endpoints(admin.sources()).all();
        }
    }

    private static Map<String, Object> operation(Endpoint endpoint) throws IOException {
        String verb = endpoint.verb().name().toLowerCase(Locale.ROOT);
        return map(map(paths().get(endpoint.path())).get(verb));
    }

    private static Map<String, Object> paths() throws IOException {
        return map(whole().get("paths"));
    }

    private static Map<String, Object> whole() throws IOException {
        return Yaml.read(DOCS.resolve("openapi.yaml"));
    }

    /** The tests run in the module's directory or in the repository's. */
    private static Path docs() {
        Path here = Path.of("docs");
        return Files.isDirectory(here) ? here : Path.of("..", "docs");
    }
}
