package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

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
        String yaml = Files.readString(DOCS.resolve("openapi.yaml"));
        Object document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return map(map(document).get("paths"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new AssertionError("not a mapping: " + node);
    }

    /** The tests run in the module's directory or in the repository's. */
    private static Path docs() {
        Path here = Path.of("docs");
        return Files.isDirectory(here) ? here : Path.of("..", "docs");
    }
}
