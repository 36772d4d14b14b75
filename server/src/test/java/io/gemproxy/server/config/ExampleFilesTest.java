package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files users already have: their findings as committed, and that they load with secrets. */
class ExampleFilesTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/examples").toAbsolutePath();
    private static final Map<String, String> REAL_SECRETS =
            Map.of(
                    "JWT_SECRET", "Zk3vQ8sJ1xT6wR9bN4mC7hL2pD5gF0aY+uE/iO=K",
                    "ADMIN_PASSWORD", "Correct-horse-7-battery",
                    "GEMINI_API_KEY", "AIzaSyD-first-1b9Qw7Ue5Rt3Yi1Op0As",
                    "GEMINI_API_KEYS",
                            "AIzaSyD-first-1b9Qw7Ue5Rt3Yi1Op0As,AIzaSyD-second-8Kj6Hg4Fd2Sa0Zx9C");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy-a",
                "proxy-a-acme",
                "proxy-b",
                "proxy-c-minimal",
                "proxy-d-production"
            })
    void hasExactlyTheFindingsItsPlaceholdersDeserve(String name) throws IOException {
        ConfigResult result = load(name, Map.of());
        assertInstanceOf(InvalidConfig.class, result);
        assertGolden(name + ".findings.txt", result.findings());
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
    void loadsUnchangedOnceRealSecretsComeFromTheEnvironment(String name) throws IOException {
        LoadedConfig loaded = assertInstanceOf(LoadedConfig.class, load(name, REAL_SECRETS));
        assertTrue(loaded.findings().stream().noneMatch(it -> it.severity() == Severity.ERROR));
        assertTrue(loaded.config().authentication().jwtSecret().isPresent());
        assertGolden(name + ".with-secrets.txt", loaded.findings());
    }

    private static ConfigResult load(String name, Map<String, String> environment) {
        ConfigSource source = new ConfigSource.InFile(Path.of(name + ".yaml"));
        environment.forEach((variable, values) ->
                List.of(values.split(","))
                        .forEach(it -> Emissions.OF_THIS_RUN.secret(variable, it)));
        return Loads.load(new ConfigRequest(source, List.of(), environment, EXAMPLES));
    }

    private static void assertGolden(String file, List<Finding> findings) throws IOException {
        String actual =
                String.join("\n", ConfigText.lines(findings))
                        + "\nscore "
                        + ConfigText.score(findings)
                        + "\n";
        Path golden = EXAMPLES.resolve(file);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, actual);
        }
        assertEquals(Files.readString(golden), actual);
    }
}
