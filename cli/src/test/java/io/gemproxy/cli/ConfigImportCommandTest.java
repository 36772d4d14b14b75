package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code config import}: files as the other products have them, and exactly what becomes of each.
 * With {@code -Dgolden.write=true} the expected files are written anew.
 */
final class ConfigImportCommandTest {
    private static final Path FILES =
            Path.of("src/test/resources/io/gemproxy/cli/imports").toAbsolutePath();
    private static final Pattern FRESH =
            Pattern.compile("((?:jwt_secret|admin_password): )\"[A-Za-z0-9_-]{48}\"");
    private static final Pattern SECRETS =
            Pattern.compile("(AIzaSy|AQ\\.|sk-)[A-Za-z0-9_.-]{20,}|Wq7-[a-z]+-Password-9z");

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "gemini-balance, gemini-balance.env",
        "litellm, litellm.yaml",
        "gpt-load, gpt-load-groups.json",
        "gpt-load, gpt-load-keys.txt",
        "gpt-load, gpt-load.env"
    })
    void whatItWritesIsExactlyThisAndValid(String product, String file) throws IOException {
        secretsOf(file);
        var run = new CliRun(directory);
        var outcome = run.run("config", "import", product, FILES.resolve(file).toString());
        assertEquals(0, outcome.status(), outcome.err());
        Path written = directory.resolve("config/proxy.yaml");
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(written)));
        String yaml = FRESH.matcher(Files.readString(written)).replaceAll("$1\"fresh\"");
        golden(file + ".expected.yaml", yaml);
        golden(file + ".expected.txt", outcome.out());
        String key =
                Emissions.OF_THIS_RUN.secret("a key", "AIzaSyE1nQ9wX7vR2mT5pL8nJ4hG6fD1sZ0aYcU");
        var valid =
                run.variable("GEMINI_API_KEY_ONE", key)
                        .variable("GEMINI_API_KEY", key)
                        .run("validate", "--strict");
        assertEquals(0, valid.status(), valid.out());
        assertTrue(valid.out().contains("security score 100/100"), valid.out());
    }

    private static void golden(String name, String actual) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual);
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-balance, gemini-balance.env",
        "litellm, litellm.yaml",
        "gpt-load, gpt-load-groups.json",
        "gpt-load, gpt-load-keys.txt",
        "gpt-load, gpt-load.env"
    })
    void programsReadItWithoutAnySecret(String product, String file) throws IOException {
        List<String> secrets = secretsOf(file);
        var outcome =
                new CliRun(directory)
                        .run(
                                "config",
                                "import",
                                product,
                                FILES.resolve(file).toString(),
                                "-o",
                                "json");
        for (String secret : secrets) {
            assertFalse((outcome.out() + outcome.err()).contains(secret.substring(0, 10)), file);
        }
        JsonNode json = new ObjectMapper().readTree(outcome.out());
        assertEquals("config/proxy.yaml", json.path("config_file").asText());
        assertEquals(product, json.path("product").asText());
        assertTrue(json.path("keys").isArray());
        assertTrue(json.path("settings").isArray());
        json.path("not_carried_over")
                .forEach(it -> assertFalse(it.path("why").asText().isBlank(), it.toString()));
    }

    @Test
    void itNeverOverwrites() throws IOException {
        secretsOf("gpt-load-keys.txt");
        Path there = Files.writeString(directory.resolve("mine.yaml"), "server: {}\n");
        var outcome =
                new CliRun(directory)
                        .run(
                                "config",
                                "import",
                                "gpt-load",
                                FILES.resolve("gpt-load-keys.txt").toString(),
                                "--out",
                                "mine.yaml");
        assertEquals(5, outcome.status());
        assertTrue(outcome.err().contains("mine.yaml is there already and is never overwritten"));
        assertEquals("server: {}\n", Files.readString(there));
    }

    @Test
    void itReadsStandardInput() throws IOException {
        secretsOf("gpt-load-keys.txt");
        var outcome =
                new CliRun(directory)
                        .input(Files.readString(FILES.resolve("gpt-load-keys.txt")))
                        .run("config", "import", "gpt-load", "-", "--out", "new/proxy.yaml");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().startsWith("Wrote new/proxy.yaml (0600) with 3 API keys"));
    }

    @ParameterizedTest
    @CsvSource({
        "gemini-balance, litellm.yaml, it has no API_KEYS",
        "litellm, gemini-balance.env, it has no model_list",
        "litellm, gpt-load-groups.json, it has no model_list",
        "gpt-load, litellm.yaml, it holds neither keys of Gemini",
    })
    void aFileOfAnotherProductIsRefused(String product, String file, String why)
            throws IOException {
        secretsOf(file);
        var outcome =
                new CliRun(directory)
                        .run("config", "import", product, FILES.resolve(file).toString());
        assertEquals(1, outcome.status());
        assertTrue(outcome.err().contains("is no file of " + product + ": " + why), outcome.err());
        assertFalse(Files.exists(directory.resolve("config")));
    }

    @Test
    void aProductThatIsNotKnownIsAMisuse() {
        var outcome = new CliRun(directory).run("config", "import", "nginx", "nginx.conf");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("[gpt-load, gemini-balance, litellm]"), outcome.err());
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var outcome = new CliRun(directory).run("config", "import", "litellm", "nowhere.yaml");
        assertEquals(5, outcome.status());
        assertTrue(outcome.err().contains("nowhere.yaml does not exist"), outcome.err());
    }

    @Test
    void aBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "x]\n");
        }
        var outcome =
                new CliRun(directory)
                        .input(bomb.append("model_list: *a9\n").toString())
                        .run("config", "import", "litellm", "-");
        assertEquals(1, outcome.status());
    }

    /** What no output may hold; the fixture itself is given to the product. */
    private static List<String> secretsOf(String file) throws IOException {
        List<String> secrets =
                SECRETS.matcher(Files.readString(FILES.resolve(file)))
                        .results()
                        .map(found -> found.group())
                        .toList();
        secrets.forEach(it -> Emissions.OF_THIS_RUN.secret("a secret of " + file, it));
        assertFalse(secrets.isEmpty());
        return secrets;
    }
}
