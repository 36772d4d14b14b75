package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.exchange.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads a text at a fixed moment with sound secrets around it. */
final class Loads {
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret("the signing secret", "mN4bV7cX1zL8kJ5hG2fD9sA6pO3iU0yT");
    static final String API_KEY =
            Emissions.OF_THIS_RUN.secret("the pooled key", "AIzaSyFromTheEnvironment-5Tg6Yh7U");

    private Loads() {}

    static ConfigResult bytes(byte[] yaml) {
        return run(yaml, Map.of(), List.of(), Path.of("").toAbsolutePath());
    }

    static ConfigResult text(String yaml, Map<String, String> environment, String... sets) {
        return in(Path.of("").toAbsolutePath(), yaml, environment, sets);
    }

    static ConfigResult in(
            Path directory, String yaml, Map<String, String> environment, String... sets) {
        return run(yaml.getBytes(StandardCharsets.UTF_8), environment, List.of(sets), directory);
    }

    static GemproxyConfig sound(String yaml, Map<String, String> environment, String... sets) {
        return sound(text(yaml, environment, sets));
    }

    static GemproxyConfig sound(ConfigResult result) {
        return assertInstanceOf(
                        LoadedConfig.class,
                        result,
                        () -> String.join("\n", ConfigText.lines(result.findings())))
                .config();
    }

    /** What {@code source} says, at the fixed moment, without any secrets around it. */
    static ConfigResult bare(ConfigSource source, Map<String, String> environment, Path directory) {
        return load(new ConfigRequest(source, List.of(), environment, directory));
    }

    private static ConfigResult run(
            byte[] yaml, Map<String, String> environment, List<String> sets, Path directory) {
        Map<String, String> all = new HashMap<>();
        all.put("JWT_SECRET", SECRET);
        all.put("GEMINI_API_KEY", API_KEY);
        all.putAll(environment);
        ConfigSource source = new ConfigSource.Given("proxy.yaml", new ByteArrayInputStream(yaml));
        return load(new ConfigRequest(source, sets, all, directory));
    }

    /** What the request asks for, at the fixed moment; what is said of it must not tell it. */
    static ConfigResult load(ConfigRequest request) {
        ConfigResult result =
                new ConfigLoader(() -> Instant.parse("2026-11-21T00:00:00Z")).load(request);
        Emissions.OF_THIS_RUN.emitted(
                "the findings", String.join("\n", ConfigText.lines(result.findings())));
        if (result instanceof LoadedConfig loaded) {
            secretsOf(loaded.config());
        }
        return result;
    }

    private static void secretsOf(GemproxyConfig config) {
        config.keys().keys().forEach(key -> secret("the pooled key " + key.id(), key.key()));
        config.authentication().jwtSecret().ifPresent(it -> secret("the signing secret", it));
        config.authentication().adminPassword().ifPresent(it -> secret("the admin password", it));
    }

    private static void secret(String name, Secret secret) {
        Emissions.OF_THIS_RUN.secret(name, secret.open());
    }
}
