package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigResult.InvalidConfig;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.KeyConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Defaults, file, environment and --set, in this order; and the other ways to give a secret. */
class PrecedenceTest {
    private static final String ONE_KEY =
            "gemini:\n  api_keys:\n    - id: my-key.1\n      key: AIzaSyFromTheFile-1\n";

    @TempDir Path directory;

    @Test
    void anEmptyFileGivesTheDefaults() {
        GemproxyConfig config = Loads.sound("", Map.of());
        assertEquals(8443, config.server().port());
        assertEquals(Duration.ofMinutes(5), config.upstream().firstByteTimeout());
        assertEquals("127.0.0.1", config.admin().host());
        assertEquals(OptionalLong.empty(), config.rateLimit().client().requestsPerMinute());
        assertTrue(config.server().tls().enabled());
    }

    @Test
    void theFileBeatsTheDefault() {
        assertEquals(1001, Loads.sound("server:\n  port: 1001\n", Map.of()).server().port());
    }

    @Test
    void theEnvironmentBeatsTheFile() {
        Map<String, String> environment = Map.of("GEMPROXY_SERVER_PORT", "1002");
        assertEquals(1002, Loads.sound("server:\n  port: 1001\n", environment).server().port());
    }

    @Test
    void setBeatsTheEnvironment() {
        Map<String, String> environment = Map.of("GEMPROXY_SERVER_PORT", "1002");
        GemproxyConfig config =
                Loads.sound("server:\n  port: 1001\n", environment, "server.port=1003");
        assertEquals(1003, config.server().port());
    }

    @Test
    void theLastSetBeatsTheFirst() {
        GemproxyConfig config = Loads.sound("", Map.of(), "server.port=1", "server.port=2");
        assertEquals(2, config.server().port());
    }

    @Test
    void aListFromTheEnvironmentReplacesThatOfTheFile() {
        GemproxyConfig config =
                Loads.sound(
                        "server: {tls: {acme: {domains: [a.example, b.example]}}}",
                        Map.of("GEMPROXY_SERVER_TLS_ACME_DOMAINS", "c.example, d.example"));
        assertEquals(List.of("c.example", "d.example"), config.server().tls().acmeDomains());
    }

    @Test
    void aVariableSetsTheKeyOfTheEntryWithThatId() {
        Map<String, String> environment =
                Map.of("GEMPROXY_GEMINI_API_KEYS_MY_KEY_1_KEY", "AIzaSyFromTheVariable-1");
        assertEquals(Secret.of("AIzaSyFromTheVariable-1"), onlyKey(ONE_KEY, environment).key());
    }

    @Test
    void setReachesAnEntryByIdAndByNumber() {
        assertEquals(7, onlyKey(ONE_KEY, Map.of(), "gemini.api_keys[0].weight=7").weight());
        String simple = ONE_KEY.replace("my-key.1", "one");
        assertEquals(8, onlyKey(simple, Map.of(), "gemini.api_keys.one.weight=8").weight());
    }

    @Test
    void aRealSecretOfTheFileIsNotReplacedByTheFillingVariables() {
        String yaml = ONE_KEY + "auth:\n  jwt_secret: Zk3vQ8sJ1xT6wR9bN4mC7hL2pD5gF0aY\n";
        GemproxyConfig config = Loads.sound(yaml, Map.of());
        assertEquals(
                Optional.of(Secret.of("Zk3vQ8sJ1xT6wR9bN4mC7hL2pD5gF0aY")),
                config.authentication().jwtSecret());
        assertEquals(Secret.of("AIzaSyFromTheFile-1"), config.keys().keys().getFirst().key());
    }

    @Test
    void keysOfTheEnvironmentMakeEntriesWhereThereAreNone() {
        Map<String, String> environment =
                Map.of(
                        "GEMINI_API_KEY",
                        "AIzaSyBravo",
                        "GEMINI_API_KEYS",
                        "AIzaSyAlpha, AIzaSyBravo,AIzaSyCharlie");
        List<KeyConfig> keys = Loads.sound("", environment).keys().keys();
        assertEquals(
                List.of("key1", "key2", "key3"),
                keys.stream().map(key -> key.id().value()).toList());
        assertEquals(Secret.of("AIzaSyAlpha"), keys.getFirst().key());
    }

    @Test
    void referencesAreReplacedInTheFileOnly() {
        Map<String, String> environment = Map.of("PORT", "1004", "HOST", "${PORT}");
        String yaml = "server:\n  port: ${PORT}\n  max_connections: \"${MOST:17}\"\n";
        GemproxyConfig config = Loads.sound(yaml, environment);
        assertEquals(1004, config.server().port());
        assertEquals(17, config.server().maxConnections());
        String escaped = "gemini:\n  api_keys:\n    - id: a\n      key: x$${PORT}-${PORT}\n";
        assertEquals(Secret.of("x${PORT}-1004"), onlyKey(escaped, environment).key());
    }

    @Test
    void aSecretWhoseVariableIsNotSetIsFilledAsIfItWereLeftOut() {
        String yaml =
                """
                gemini:
                  api_keys:
                    - id: a
                      key: ${GEMINI_KEY_1}
                auth:
                  jwt_secret: ${MY_SECRET}
                """;
        assertEquals(Secret.of(Loads.API_KEY), onlyKey(yaml, Map.of()).key());
        ConfigResult bare = Loads.text(yaml, Map.of("GEMINI_API_KEY", "", "JWT_SECRET", ""));
        assertEquals(
                List.of("gemini.api_keys[0].key", "auth.jwt_secret"),
                bare.findings().stream()
                        .filter(it -> it.rule() == Rule.UNSET_VARIABLE)
                        .map(Finding::key)
                        .toList());
        assertEquals(
                2, bare.findings().stream().filter(it -> it.severity() == Severity.ERROR).count());
    }

    @Test
    void anEmptyVariableYieldsToTheDefaultOfAReference() {
        String yaml = "server:\n  port: ${PORT:1005}\n";
        assertEquals(1005, Loads.sound(yaml, Map.of("PORT", "")).server().port());
    }

    @Test
    void aSecretIsReadFromItsFileWithoutTheLastNewline() throws IOException {
        Files.writeString(
                Emissions.OF_THIS_RUN.given(directory.resolve("jwt")),
                "Qw3eR5tY7uI9oP1aS2dF4gH6jK8lZ0xC\n");
        GemproxyConfig config =
                Loads.sound(
                        Loads.in(
                                directory,
                                "auth:\n  jwt_secret_file: ${CREDENTIALS_DIRECTORY}/jwt\n",
                                Map.of("CREDENTIALS_DIRECTORY", directory.toString())));
        assertEquals(
                Optional.of(Secret.of("Qw3eR5tY7uI9oP1aS2dF4gH6jK8lZ0xC")),
                config.authentication().jwtSecret());
    }

    @Test
    void aHigherLayerMayGiveASecretInTheOtherWay() throws IOException {
        Files.writeString(
                Emissions.OF_THIS_RUN.given(directory.resolve("jwt")),
                "Qw3eR5tY7uI9oP1aS2dF4gH6jK8lZ0xC");
        String yaml = "auth:\n  jwt_secret: Zk3vQ8sJ1xT6wR9bN4mC7hL2pD5gF0aY\n";
        Map<String, String> environment = Map.of("GEMPROXY_AUTH_JWT_SECRET_FILE", "jwt");
        assertEquals(
                Optional.of(Secret.of("Qw3eR5tY7uI9oP1aS2dF4gH6jK8lZ0xC")),
                Loads.sound(Loads.in(directory, yaml, environment)).authentication().jwtSecret());
    }

    @Test
    void theKeysMayStandInAFileOfTheirOwn() throws IOException {
        Files.writeString(
                directory.resolve("keys.yaml"),
                "- id: a\n  key: AIzaSyAlpha\n- id: b\n  key: AIzaSyBravo\n");
        Map<String, String> environment = Map.of("GEMPROXY_GEMINI_API_KEYS_B_KEY", "AIzaSyCharlie");
        List<KeyConfig> keys =
                Loads.sound(
                                Loads.in(
                                        directory,
                                        "gemini:\n  api_keys_file: keys.yaml\n",
                                        environment))
                        .keys()
                        .keys();
        assertEquals(Secret.of("AIzaSyAlpha"), keys.getFirst().key());
        assertEquals(Secret.of("AIzaSyCharlie"), keys.getLast().key());
    }

    @Test
    void aProblemInTheKeysFileCarriesThatFilesName() throws IOException {
        Files.writeString(
                directory.resolve("keys.yaml"), "- id: a\n  key: AIzaSyAlpha\n  wieght: 2\n");
        ConfigResult result =
                Loads.in(directory, "gemini:\n  api_keys_file: keys.yaml\n", Map.of());
        Finding finding =
                result.findings().stream()
                        .filter(it -> it.severity() == Severity.ERROR)
                        .findFirst()
                        .orElseThrow();
        assertEquals(new Place("keys.yaml", 3, 3), finding.place());
    }

    @Test
    void theOlderNameOfTheAdminPortWorksAndYieldsToAHigherLayer() {
        String yaml = "metrics:\n  prometheus_port: 9191\n";
        assertEquals(9191, Loads.sound(yaml, Map.of()).admin().port());
        Map<String, String> environment = Map.of("GEMPROXY_ADMIN_PORT", "9292");
        assertEquals(9292, Loads.sound(yaml, environment).admin().port());
    }

    @Test
    void reservedVariablesAreNoSettings() {
        Map<String, String> reserved =
                Map.of(
                        "GEMPROXY_CONFIG",
                        "x",
                        "GEMPROXY_ADMIN_TOKEN",
                        "y",
                        "GEMPROXY_SERVER_URL",
                        "z");
        assertEquals(8443, Loads.sound("", reserved).server().port());
    }

    @Test
    void aVariableOfTheEnvironmentIsNotLookedIntoForReferences() {
        Map<String, String> environment =
                Map.of("GEMPROXY_AUTH_JWT_SECRET", "${HOME}8sJ1xT6wR9bN4mC7hL2pD5gF0aY");
        assertEquals(
                Optional.of(Secret.of("${HOME}8sJ1xT6wR9bN4mC7hL2pD5gF0aY")),
                Loads.sound("", environment).authentication().jwtSecret());
    }

    @Test
    void theSearchNamesThePlacesLookedAt() {
        ConfigResult result = Loads.bare(new ConfigSource.Search(), Map.of(), directory);
        assertInstanceOf(InvalidConfig.class, result);
        assertEquals(1, result.findings().size());
        assertTrue(
                result.findings()
                        .getFirst()
                        .what()
                        .endsWith(
                                "looked for $GEMPROXY_CONFIG (not set), ./config/proxy.yaml and"
                                        + " /etc/gemproxy/proxy.yaml"));
    }

    @Test
    void theSearchTakesTheVariableThenTheWorkingDirectory() throws IOException {
        Files.createDirectories(directory.resolve("config"));
        Files.writeString(directory.resolve("config/proxy.yaml"), "server: {port: 1}\n");
        Files.writeString(directory.resolve("other.yaml"), "server: {port: 2}\n");
        Map<String, String> secrets =
                Map.of("JWT_SECRET", Loads.SECRET, "GEMINI_API_KEY", Loads.API_KEY);
        Map<String, String> named =
                Map.of(
                        "JWT_SECRET", Loads.SECRET,
                        "GEMINI_API_KEY", Loads.API_KEY,
                        "GEMPROXY_CONFIG", "other.yaml");
        ConfigSource search = new ConfigSource.Search();
        assertEquals(1, Loads.sound(Loads.bare(search, secrets, directory)).server().port());
        assertEquals(2, Loads.sound(Loads.bare(search, named, directory)).server().port());
    }

    @Test
    void aFileWithSecretsThatAllMayReadIsWarnedOf() throws IOException {
        Path file = directory.resolve("proxy.yaml");
        Files.writeString(file, ONE_KEY);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(1, readableFindings(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(0, readableFindings(file));
        Files.writeString(file, ONE_KEY.replace("AIzaSyFromTheFile-1", "${GEMINI_API_KEY}"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertEquals(0, readableFindings(file));
    }

    @Test
    void aKeysFileThatAllMayReadIsWarnedOf() throws IOException {
        Path file = directory.resolve("keys.yaml");
        Files.writeString(file, "- id: a\n  key: AIzaSyAlpha\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ConfigResult result =
                Loads.in(directory, "gemini:\n  api_keys_file: keys.yaml\n", Map.of());
        assertTrue(
                result.findings().stream()
                        .anyMatch(it ->
                                it.rule() == Rule.READABLE_FILE
                                        && it.place().source().equals("keys.yaml")));
    }

    private long readableFindings(Path file) {
        ConfigSource source = new ConfigSource.InFile(file);
        return Loads.bare(source, Map.of("JWT_SECRET", Loads.SECRET), directory).findings().stream()
                .filter(finding -> finding.rule() == Rule.READABLE_FILE)
                .count();
    }

    private static KeyConfig onlyKey(String yaml, Map<String, String> environment, String... sets) {
        return Loads.sound(yaml, environment, sets).keys().keys().getFirst();
    }
}
