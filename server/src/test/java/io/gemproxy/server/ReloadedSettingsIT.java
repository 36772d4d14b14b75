package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.ConfigText;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.ReadConfig;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.reload.ReloadCause;
import io.gemproxy.server.reload.ReloadOutcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each setting is applied by a reload, or says that it waits for the next start. */
class ReloadedSettingsIT {
    private static final Path CONFIG = Path.of("../config");
    private static final String WAITS = "Takes effect at the next start.";

    /** {@code <path|one value|another>}; the paths are those of the schema. */
    private static final Pattern CHOICE = Pattern.compile("<([^|<>]+)\\|([^|<>]*)\\|([^|<>]*)>");

    /** Nothing of the rooms' records shows these; who proves them instead, or why nobody need. */
    private static final Map<String, String> OTHERWISE =
            Map.ofEntries(
                    Map.entry("server.workers", "has no effect at all"),
                    Map.entry("server.allow_plaintext", "is for the review of the whole"),
                    Map.entry("gemini.api_keys_file", "ConfigReloaderTest"),
                    Map.entry("gemini.api_keys[].key_file", "ConfigReloaderTest"),
                    Map.entry("auth.admin_password", "ReloadIT"),
                    Map.entry("auth.admin_password_file", "is the same by another way"),
                    Map.entry("logging.level", "ReloadIT"),
                    Map.entry("logging.format", "ReloadIT"));

    @TempDir private Path directory;

    @Test
    void eachIsAppliedOrSaysThatItWaits() throws Exception {
        String template = Files.readString(resource("reloaded-settings.yaml"));
        Set<String> proven = new TreeSet<>(OTHERWISE.keySet());
        List<String> takenOver;
        prepareFiles();
        write(chosen(template, ""));
        ReadConfig first = read();
        ServedConfig served = new ServedConfig(first, loaded(first), request(), this::read);
        try (Gemproxy server = Gemproxy.start(served, platform())) {
            Map<String, Object> before = inEffect(server);
            assertEquals(wanted(loaded(first).config()), before);
            takenOver = server.reloading().settings();
            for (Matcher choice = CHOICE.matcher(template); choice.find(); ) {
                String path = choice.group(1);
                write(chosen(template, path));
                Map<String, Object> wanted = wanted(loaded(read()).config());
                assertNotEquals(before, wanted, path + " is in no room's record");
                reload(server, path);
                assertEquals(wanted, inEffect(server), path);
                write(chosen(template, ""));
                reload(server, path);
                assertEquals(before, inEffect(server), path + " again");
                proven.add(path);
            }
        }
        Set<String> applied = new TreeSet<>();
        for (String name : List.of("proxy.schema.json", "keys.schema.json")) {
            JsonNode schema = new ObjectMapper().readTree(CONFIG.resolve(name).toFile());
            collect(name.startsWith("keys") ? "gemini.api_keys" : "", schema, schema, applied);
        }
        assertEquals(applied, proven);
        for (String path : applied) {
            assertEquals(
                    1,
                    takenOver.stream().filter(it -> isIn(path, it)).count(),
                    path + " is not taken over by one part alone, as it is called");
        }
        for (String named : takenOver) {
            assertTrue(
                    applied.stream().anyMatch(it -> isIn(it, named)),
                    named + " is taken over by a part, and nothing of it by a reload");
        }
    }

    private static boolean isIn(String setting, String section) {
        return setting.equals(section)
                || setting.startsWith(section + ".")
                || setting.startsWith(section + "[]");
    }

    private static Map<String, Object> wanted(GemproxyConfig config) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("keys", config.keys());
        parts.put("rates", config.rateLimit());
        parts.put("days of clients", config.rateLimit().client());
        parts.put("days of all", config.rateLimit());
        parts.put("prices", config.usage().prices());
        parts.put("clients", new HashSet<>(config.clients()));
        parts.put("issuers", new HashSet<>(config.authentication().issuers()));
        parts.put("sessions", config.sessions());
        parts.put("logins", config.sessions());
        parts.put("certificate", config.server().tls());
        parts.put("certificate of the admin port", config.adminTls());
        parts.put("grace", config.server().shutdownGrace());
        parts.put("watch", config.reload());
        parts.put("open endpoints", config.admin().openEndpoints());
        parts.put("origins", config.admin().allowedOrigins());
        parts.put("upstream", config.upstream());
        return parts;
    }

    private static Map<String, Object> inEffect(Gemproxy server) {
        Proxying rooms = server.proxying();
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("keys", rooms.pool().config());
        parts.put("rates", rooms.limiter().config());
        parts.put("days of clients", rooms.kept().budgets().otherwise());
        parts.put("days of all", rooms.kept().days().config());
        parts.put("prices", rooms.prices().config());
        parts.put("clients", new HashSet<>(rooms.callers().trust().declared().all()));
        parts.put("issuers", new HashSet<>(rooms.callers().issuers().all()));
        parts.put("sessions", rooms.callers().sessions().config());
        parts.put("logins", rooms.callers().login().config());
        parts.put("certificate", rooms.certificates().proxy().orElseThrow().tls());
        parts.put(
                "certificate of the admin port", rooms.certificates().admin().orElseThrow().tls());
        parts.put("grace", server.loaded().server().shutdownGrace());
        parts.put("watch", server.loaded().reload());
        parts.put("open endpoints", server.loaded().admin().openEndpoints());
        parts.put("origins", server.loaded().admin().allowedOrigins());
        parts.put("upstream", rooms.upstream().config());
        return parts;
    }

    private static void reload(Gemproxy server, String path) {
        ReloadOutcome outcome =
                server.reloading().reload(new ReloadCause(ReloadCause.Trigger.API, "a test", path));
        ReloadOutcome.Applied applied =
                assertInstanceOf(ReloadOutcome.Applied.class, outcome, () -> path + ": " + outcome);
        assertEquals(List.of(), applied.needRestart(), path);
    }

    /** The paths of all settings in a schema that do not say that they wait. */
    private static void collect(String path, JsonNode node, JsonNode root, Set<String> applied) {
        JsonNode resolved =
                node.path("$ref").isTextual()
                        ? root.at(node.path("$ref").asText().substring(1))
                        : node;
        if (resolved.path("properties").isObject()) {
            resolved.path("properties")
                    .forEachEntry((name, value) ->
                            collect(
                                    path.isEmpty() ? name : path + "." + name,
                                    value,
                                    root,
                                    applied));
        } else if (resolved.at("/items/properties").isObject()
                || resolved.at("/items/$ref").isTextual()) {
            collect(path + "[]", resolved.path("items"), root, applied);
        } else if (resolved.path("patternProperties").isObject()) {
            resolved.path("patternProperties")
                    .forEach(value -> collect(path + "{}", value, root, applied));
        } else if (resolved.path("description").isTextual()
                && !resolved.path("description").asText().contains(WAITS)) {
            applied.add(path);
        }
    }

    private static String chosen(String template, String other) {
        return CHOICE.matcher(template)
                .replaceAll(it ->
                        Matcher.quoteReplacement(
                                it.group(1).equals(other) ? it.group(3) : it.group(2)));
    }

    private void prepareFiles() throws IOException {
        Files.copy(resource("reloaded-jwks.json"), directory.resolve("jwks.json"));
        Files.copy(resource("reloaded-jwks.json"), directory.resolve("other-jwks.json"));
        Files.copy(resource("reloaded-prices.yaml"), directory.resolve("prices.yaml"));
        var made =
                SelfSignedCertificate.create(
                        List.of("localhost"),
                        Duration.ofDays(30),
                        InstantSource.system(),
                        new SecureRandom());
        made.write(directory.resolve("cert.pem"), directory.resolve("key.pem"), false);
        for (String file : List.of("cert.pem", "key.pem")) {
            Files.copy(directory.resolve(file), directory.resolve("other-" + file));
        }
    }

    private void write(String yaml) throws IOException {
        Files.writeString(Emissions.OF_THIS_RUN.given(directory.resolve("proxy.yaml")), yaml);
    }

    private ReadConfig read() {
        return new ConfigLoader(InstantSource.system()).read(request());
    }

    private ConfigRequest request() {
        return new ConfigRequest(
                new ConfigSource.InFile(Path.of("proxy.yaml")),
                List.of(),
                Map.of(
                        "JWT_SECRET",
                        ServerFixture.SECRET,
                        "GEMINI_KEY_1",
                        ServerFixture.keyOf("alpha"),
                        "GEMINI_KEY_2",
                        ServerFixture.keyOf("beta")),
                directory);
    }

    private static ConfigResult.LoadedConfig loaded(ReadConfig read) {
        return assertInstanceOf(
                ConfigResult.LoadedConfig.class,
                read.result(),
                () -> String.join("\n", ConfigText.lines(read.result().findings())));
    }

    private Platform platform() {
        PrintStream out =
                new PrintStream(
                        Emissions.OF_THIS_RUN.into("the log", OutputStream.nullOutputStream()),
                        true,
                        StandardCharsets.UTF_8);
        return new Platform(
                InstantSource.system(),
                System::nanoTime,
                new SecureRandom(),
                Map.of(),
                directory,
                out,
                out);
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources").resolve(name);
    }
}
