package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each setting comes to, who said it, and that no secret is told. */
class EffectiveConfigTest {
    @TempDir Path directory;

    @Test
    void theHighestLayerIsTheOriginOfAValue() {
        List<EffectiveValue> values =
                effective(
                        "server:\n  port: 1\n  max_connections: 2\n  host: '${HOST:127.0.0.1}'\n",
                        Map.of("GEMPROXY_SERVER_PORT", "3", "GEMPROXY_SERVER_MAX_CONNECTIONS", "4"),
                        "server.port=5");
        assertSaid(values, "server.port", 5L, Layer.COMMAND_LINE, "--set server.port");
        assertSaid(
                values,
                "server.max_connections",
                4L,
                Layer.ENVIRONMENT,
                "environment GEMPROXY_SERVER_MAX_CONNECTIONS");
        assertSaid(values, "server.host", "127.0.0.1", Layer.FILE, "proxy.yaml:4:9");
        assertSaid(values, "server.tls.enabled", true, Layer.DEFAULT, "default");
        assertSaid(values, "server.tls.acme.domains", List.of(), Layer.DEFAULT, "default");
        assertTrue(find(values, "server.public_url").isEmpty());
        assertTrue(find(values, "admin.tls").isEmpty());
    }

    @Test
    void whatIsShownIsWhatTheLoaderGives() {
        String yaml = "{}";
        GemproxyConfig config = Loads.sound(yaml, Map.of());
        List<EffectiveValue> values = effective(yaml, Map.of());
        assertSaid(values, "server.port", (long) config.server().port(), Layer.DEFAULT, "default");
        for (Setting setting : Settings.all()) {
            boolean expected = setting.standard().isPresent() && !setting.inList();
            assertEquals(
                    expected || setting.path().equals("auth.jwt_secret"),
                    find(values, setting.path()).isPresent(),
                    setting.path());
        }
    }

    @Test
    void secretsAreMaskedWhereverTheyComeFrom() throws IOException {
        String password = Emissions.OF_THIS_RUN.secret("the password", "correct horse battery 9");
        Path file = Emissions.OF_THIS_RUN.given(directory.resolve("password"));
        Files.writeString(file, password + "\n");
        List<EffectiveValue> values =
                effective(
                        "auth:\n  admin_password_file: password\n"
                                + "server: {tls: {acme: {email: '"
                                + password
                                + "'}}}\n",
                        Map.of());
        assertSaid(values, "auth.admin_password", "****", Layer.FILE, "proxy.yaml:2:24");
        assertSaid(values, "auth.admin_password_file", "password", Layer.FILE, "proxy.yaml:2:24");
        assertSaid(values, "auth.jwt_secret", "****", Layer.ENVIRONMENT, "environment JWT_SECRET");
        assertSaid(
                values,
                "gemini.api_keys[0].key",
                "****",
                Layer.ENVIRONMENT,
                "environment GEMINI_API_KEY");
        assertEquals("****", find(values, "server.tls.acme.email").orElseThrow().value());
        assertFalse(values.toString().contains(password));
        Emissions.OF_THIS_RUN.emitted("the effective values", values.toString());
    }

    @Test
    void whatCouldNotBeReadHasNeitherItsPathNorADefault() {
        List<EffectiveValue> values =
                effective(
                        Purpose.LOOK,
                        "auth: {admin_password_file: no/password}\n"
                                + "audit: {chain_key_file: '${UNSET_ONE}/key'}\n",
                        Map.of());
        assertSaid(values, "auth.admin_password_file", "****", Layer.FILE, "proxy.yaml:1:29");
        assertEquals(Optional.empty(), find(values, "auth.admin_password"));
        assertEquals(Optional.empty(), find(values, "audit.chain_key_file"));
    }

    @Test
    void entriesOfListsAreShownEachWithItsOwn() {
        List<EffectiveValue> values =
                effective(
                        """
                        gemini:
                          api_keys:
                            - {id: a, limits: {gemini-2.5-pro: {requests_per_day: 7}}}
                            - {id: b, weight: 9}
                        auth:
                          clients:
                            - name: ci
                              models: [gemini-2.5-*, other]
                              budgets: {day: {usd: 2.50}}
                        """,
                        Map.of("GEMINI_API_KEYS", Loads.API_KEY + "," + Loads.API_KEY + "2"));
        assertSaid(values, "gemini.api_keys[0].weight", 100L, Layer.DEFAULT, "default");
        assertSaid(values, "gemini.api_keys[1].weight", 9L, Layer.FILE, "proxy.yaml:4:23");
        assertSaid(
                values,
                "gemini.api_keys[0].limits[gemini-2.5-pro].requests_per_day",
                7L,
                Layer.FILE,
                "proxy.yaml:3:59");
        assertSaid(
                values,
                "auth.clients[0].models",
                List.of("gemini-2.5-*", "other"),
                Layer.FILE,
                "proxy.yaml:8:16");
        assertSaid(
                values,
                "auth.clients[0].budgets.day.usd",
                new BigDecimal("2.50"),
                Layer.FILE,
                "proxy.yaml:9:28");
    }

    @Test
    void theOlderNameOfTheAdminPortCountsWhereItIsTheOneThatIsSet() {
        List<EffectiveValue> values = effective("metrics:\n  prometheus_port: 9191\n", Map.of());
        assertSaid(values, "admin.port", 9191L, Layer.FILE, "proxy.yaml:2:20");
        List<EffectiveValue> both =
                effective(
                        "metrics:\n  prometheus_port: 9191\n", Map.of("GEMPROXY_ADMIN_PORT", "1"));
        assertSaid(both, "admin.port", 1L, Layer.ENVIRONMENT, "environment GEMPROXY_ADMIN_PORT");
    }

    private List<EffectiveValue> effective(
            String yaml, Map<String, String> environment, String... sets) {
        return effective(Purpose.SERVE, yaml, environment, sets);
    }

    private List<EffectiveValue> effective(
            Purpose purpose, String yaml, Map<String, String> environment, String... sets) {
        Map<String, String> all = new HashMap<>();
        all.put("JWT_SECRET", Loads.SECRET);
        all.put("GEMINI_API_KEY", Loads.API_KEY);
        all.putAll(environment);
        ConfigSource source =
                new ConfigSource.Given(
                        "proxy.yaml",
                        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        EffectiveConfig effective =
                new ConfigLoader(() -> Instant.parse("2026-11-21T00:00:00Z"))
                        .effective(
                                new ConfigRequest(source, List.of(sets), all, directory), purpose);
        assertInstanceOf(
                LoadedConfig.class,
                effective.result(),
                () -> ConfigText.lines(effective.result().findings()).toString());
        return effective.values();
    }

    private static void assertSaid(
            List<EffectiveValue> values, String key, Object value, Layer layer, String place) {
        EffectiveValue said = find(values, key).orElseThrow(() -> new AssertionError(key));
        assertEquals(value, said.value(), key);
        assertEquals(layer, said.layer(), key);
        assertEquals(place, said.place().toString(), key);
    }

    private static Optional<EffectiveValue> find(List<EffectiveValue> values, String key) {
        return values.stream().filter(it -> it.path().equals(key)).findFirst();
    }
}
