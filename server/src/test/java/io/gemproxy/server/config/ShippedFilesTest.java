package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code config/} load, and the example holds every key with its true default. */
class ShippedFilesTest {
    private static final Path SHIPPED = Path.of("../config").toAbsolutePath().normalize();

    @TempDir Path credentials;

    @Test
    void theExampleLoadsWithoutAnyFinding() {
        ConfigResult result = load("proxy.yaml.example", Map.of("GEMINI_API_KEY", Loads.API_KEY));
        Loads.sound(result);
        assertEquals(List.of(), result.findings());
    }

    @Test
    void theExampleHoldsEveryKey() throws IOException {
        Set<String> missing =
                Settings.all().stream()
                        .map(Setting::path)
                        .collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(uncommented().stream().map(leaf -> leaf.setting().path()).toList());
        assertEquals(Set.of(), missing);
    }

    @Test
    void theExampleShowsTheTrueDefaults() throws IOException {
        for (Leaf leaf : uncommented()) {
            Optional<String> standard = leaf.setting().standard();
            boolean illustrated =
                    leaf.path().startsWith("server.tls.acme.domains")
                            || leaf.path().equals("server.tls.acme.email");
            if (standard.isPresent() && !illustrated) {
                assertEquals(standard.get(), leaf.text(), leaf.path());
            }
        }
    }

    @Test
    void theSecureFileLoadsWithTheBestScore() throws IOException {
        credential("gemproxy_jwt-secret", Loads.SECRET);
        credential("gemproxy_gemini-primary", Loads.API_KEY);
        ConfigResult result = load("proxy.yaml.secure", Map.of());
        assertEquals(Secret.of(Loads.API_KEY), Loads.sound(result).keys().keys().getFirst().key());
        assertEquals(List.of(), result.findings());
        assertEquals(100, ConfigText.score(result.findings()));
    }

    @Test
    void theKeysFileLoads() throws IOException {
        credential("gemproxy_gemini-backup", "AIzaSyBackup-3Ed4Rf5Tg6Yh");
        Map<String, String> environment =
                Map.of(
                        "GEMPROXY_GEMINI_API_KEYS_FILE",
                        SHIPPED.resolve("keys.yaml.example").toString(),
                        "GEMINI_KEY_1",
                        Loads.API_KEY,
                        "CREDENTIALS_DIRECTORY",
                        credentials.toString());
        GemproxyConfig config = Loads.sound("auth: {rate_limit_per_minute: 1}", environment);
        assertEquals(
                List.of("primary", "backup"),
                config.keys().keys().stream().map(key -> key.id().value()).toList());
    }

    private void credential(String name, String secret) throws IOException {
        Path file = Emissions.OF_THIS_RUN.given(credentials.resolve(name));
        Files.writeString(file, secret + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
    }

    private ConfigResult load(String name, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
        if (name.endsWith("example")) {
            environment.put("JWT_SECRET", Loads.SECRET);
        }
        ConfigSource source = new ConfigSource.InFile(SHIPPED.resolve(name));
        return Loads.bare(source, environment, credentials);
    }

    /** The values of the example with every optional key switched on. */
    private static List<Leaf> uncommented() throws IOException {
        String text = Files.readString(SHIPPED.resolve("proxy.yaml.example"));
        String all = text.replaceAll("(?m)^( +)#([a-z_]+:)", "$1$2");
        Report report = new Report();
        Leaves leaves = new Leaves();
        byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
        SourceText source = SourceText.decode("example", bytes, report).orElseThrow();
        new YamlWalk(source, leaves, report)
                .document(new YamlGuard(source, report).read().orElseThrow());
        assertTrue(
                !report.hasErrors(Purpose.SERVE),
                () -> ConfigText.lines(report.inOrder()).toString());
        return List.copyOf(leaves.all());
    }
}
