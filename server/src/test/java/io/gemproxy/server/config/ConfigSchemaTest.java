package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas that editors read are what the loader reads along, and agree with it. */
class ConfigSchemaTest {
    private static final Path SHIPPED = Path.of("../config").toAbsolutePath().normalize();
    private static final Path EXAMPLES = Path.of("src/test/resources/examples").toAbsolutePath();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Test
    void theFilesAreWhatTheTableGives() throws IOException {
        assertFile("proxy.schema.json", ConfigSchema.proxy());
        assertFile("keys.schema.json", ConfigSchema.keys());
    }

    private static void assertFile(String name, ObjectNode schema) throws IOException {
        Path file = SHIPPED.resolve(name);
        String now = ConfigSchema.text(schema);
        if (Boolean.getBoolean("gemproxy.schema")) {
            Files.writeString(file, now);
        }
        assertEquals(
                Files.readString(file),
                now,
                "config/" + name + " is stale: write it anew with `make schema`");
    }

    @Test
    void eachIsASchemaOfItsDraft() {
        assertEquals(List.of(), Schemas.ofTheDraft(ConfigSchema.proxy()));
        assertEquals(List.of(), Schemas.ofTheDraft(ConfigSchema.keys()));
        assertFalse(Schemas.ofTheDraft(ConfigSchema.proxy().put("type", "no type")).isEmpty());
    }

    @Test
    void eachSectionIsDescribed() {
        Set<String> sections = new TreeSet<>();
        for (Setting setting : Settings.all()) {
            String path = setting.path();
            for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
                sections.add(path.substring(0, dot).replaceAll("(\\[]|\\{})$", ""));
            }
        }
        assertEquals(sections, new TreeSet<>(SectionDocs.paths()));
    }

    @Test
    void theShippedFilesFit() throws IOException {
        String example = Files.readString(SHIPPED.resolve("proxy.yaml.example"));
        assertEquals(List.of(), Schemas.ofProxy(example));
        assertEquals(
                List.of(), Schemas.ofProxy(Files.readString(SHIPPED.resolve("proxy.yaml.secure"))));
        String keys = Files.readString(SHIPPED.resolve("keys.yaml.example"));
        assertEquals(List.of(), Schemas.ofKeys(keys));
        assertEquals(List.of(), Schemas.ofKeys("api_keys:\n" + keys.indent(2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.yaml.example", "proxy.yaml.secure", "keys.yaml.example"})
    void theShippedFilesLeadEditorsToTheirSchema(String name) throws IOException {
        String first = Files.readAllLines(SHIPPED.resolve(name)).getFirst();
        String kind = name.substring(0, name.indexOf('.'));
        assertEquals("# yaml-language-server: $schema=./" + kind + ".schema.json", first);
        assertTrue(Files.exists(SHIPPED.resolve(kind + ".schema.json")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy-a",
                "proxy-a-acme",
                "proxy-b",
                "proxy-c-minimal",
                "proxy-d-production"
            })
    void theFilesUsersHaveFit(String name) throws IOException {
        String yaml = Files.readString(EXAMPLES.resolve(name + ".yaml"));
        assertEquals(List.of(), Schemas.ofProxy(yaml));
    }

    static Stream<Setting> settings() {
        return Settings.all().stream();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void takesExampleDefaultAndReference(Setting setting) {
        assertFits(setting, ValueSchema.value(setting, setting.example()));
        setting.standard().ifPresent(it -> assertFits(setting, ValueSchema.value(setting, it)));
        assertFits(setting, JSON.textNode("${NAME}"));
        assertFits(setting, JSON.textNode("${NAME:a default}"));
    }

    private static void assertFits(Setting setting, JsonNode value) {
        JsonNode document = Schemas.document(setting, value);
        assertEquals(List.of(), Schemas.ofProxy(document), document.toString());
    }

    @ParameterizedTest
    @MethodSource("settings")
    void refusesWhatHasAnotherFormAndSoDoesTheLoader(Setting setting) {
        assertBothRefuse(setting, JSON.objectNode().put("a", 1));
        if (!setting.kind().isList()) {
            assertBothRefuse(setting, JSON.arrayNode().add("a"));
        }
        switch (setting.kind()) {
            case Kind.Whole whole -> {
                assertBothRefuse(setting, JSON.numberNode(whole.min() - 1));
                assertBothRefuse(setting, JSON.numberNode(whole.max() + 1));
                assertBothRefuse(setting, JSON.numberNode(1.5));
                assertBothRefuse(setting, JSON.textNode("7"));
            }
            case Kind.Flag _ -> assertBothRefuse(setting, JSON.textNode("yes"));
            case Kind.Dollars _ -> assertBothRefuse(setting, JSON.numberNode(-1));
            case Kind.Text _ -> assertBothRefuse(setting, JSON.numberNode(7));
            case Kind.Texts _ -> assertBothRefuse(setting, JSON.numberNode(7));
            case Kind.FilePath _ -> assertBothRefuse(setting, JSON.textNode(" "));
            default -> assertBothRefuse(setting, JSON.textNode("no thing like \u00a7 this"));
        }
    }

    @Test
    void refusesNamesThatNoSettingHasInEachSection() {
        for (Setting setting : Settings.all()) {
            Setting misspelt =
                    new Setting(
                            setting.path() + "_x",
                            setting.kind(),
                            setting.standard(),
                            false,
                            setting.doc(),
                            setting.example());
            JsonNode document = Schemas.document(misspelt, JSON.textNode("${NAME:x}"));
            assertFalse(Schemas.ofProxy(document).isEmpty(), document.toString());
            assertTrue(isRefused(document), document.toString());
        }
    }

    private static void assertBothRefuse(Setting setting, JsonNode value) {
        JsonNode document = Schemas.document(setting, value);
        assertFalse(Schemas.ofProxy(document).isEmpty(), document.toString());
        assertTrue(isRefused(document), document.toString());
    }

    /** JSON is YAML. */
    private static boolean isRefused(JsonNode document) {
        return Loads.text(document.toString(), Map.of()).findings().stream()
                .anyMatch(it -> it.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin: {tls: {cert: a.pem}}",
                "auth: {jwt_secret: one, jwt_secret_file: two}",
                "gemini: {api_keys_file: keys.yaml, api_keys: [{id: a, key: b}]}",
                "gemini: {api_keys: [{key: b}]}",
                "gemini: {api_keys: [{id: a, key: b, limits: {a model: {requests_per_day: 1}}}]}",
                "auth: {clients: [{models: [a]}]}",
                "- server",
                "server: 8443",
                "gemini: {api_keys: {id: a}}",
            })
    void refusesWhatTheLoaderRefuses(String yaml) {
        assertFalse(Schemas.ofProxy(yaml).isEmpty());
        ConfigResult result = Loads.text(yaml, Map.of());
        assertTrue(result.findings().stream().anyMatch(it -> it.severity() == Severity.ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "server:\ngemini:\n  api_keys:\n",
                "admin: {tls: {}, config_writes: false}",
                "auth: {jwt_secret: , rate_limit_per_minute: 1}",
                "server: {trusted_proxies: 10.0.0.0/8}",
                "server: {host: '${HOST:127.0.0.1}', port: '${PORT:8443}'}",
            })
    void takesWhatTheLoaderTakes(String yaml) {
        assertEquals(List.of(), Schemas.ofProxy(yaml));
        Loads.sound(yaml, Map.of());
    }

    @Test
    void aKeysFileIsAListOrHoldsOne() {
        assertFalse(Schemas.ofKeys("{}").isEmpty());
        assertFalse(Schemas.ofKeys("server: {port: 1}").isEmpty());
        assertFalse(Schemas.ofKeys("- key: a").isEmpty());
    }
}
