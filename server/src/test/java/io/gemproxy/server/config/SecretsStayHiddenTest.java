package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret put anywhere, right or wrong, is in nothing the loader says. */
class SecretsStayHiddenTest {
    private static final String CANARY =
            Emissions.OF_THIS_RUN.secret("the canary", "AIzaSyCanary7dQx2WvB9kLmN4pRtYz");
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the password", "c4nary#Pa55/w0rd+x9Z");
    private static final List<String> WORD_PLACES =
            List.of(
                    "auth:\n  jwt_secert: @\n",
                    "auth:\n  jwt_secret_file: @\n",
                    "auth: @\n",
                    "auth: [@]\n",
                    "admin:\n  passwort: '@'\n",
                    "admin:\n  socket: {path: @}\n",
                    "server:\n  port: @\n",
                    "server:\n  tls:\n    enabled: @\n",
                    "server:\n  tls:\n    acme:\n      challenge: @\n",
                    "logging:\n  level: @\n",
                    "gemini:\n  selection: @\n",
                    "gemini:\n  api_keys: @\n",
                    "gemini:\n  base_url: @\n",
                    "auth:\n  clients: [{name: a, operations: [@]}]\n");
    private static final List<String> PLACES =
            List.of(
                    "auth:\n  jwt_secret: @\n",
                    "auth:\n  admin_password: @\n",
                    "auth:\n  jwt_secert: @\n",
                    "auth:\n  jwt_secret: [@]\n",
                    "auth:\n  jwt_secret: {a: @}\n",
                    "auth:\n  jwt_secret: '@'\n  jwt_secret: '@'\n",
                    "auth:\n  @: jwt_secret\n",
                    "auth: @\n",
                    "@\n",
                    "@:\n  a: b\n",
                    "auth:\n  jwt_secret: |\n    @\n   @\n",
                    "auth:\n  jwt_secret: \"@\n  admin_password: x\n",
                    "auth:\n  jwt_secret: @: @\n",
                    "auth:\n\tjwt_secret: @\n",
                    "auth: {jwt_secret: @, enabled: maybe}\n",
                    "auth: {jwt_secret: @, enabled: @}\n",
                    "auth:\n  jwt_secret: !!binary @\n",
                    "auth:\n  jwt_secret: !@ x\n",
                    "auth:\n  jwt_secret: *@\n",
                    "auth:\n  jwt_secret: &@ short\n",
                    "auth:\n  jwt_secret: ${@}\n",
                    "auth:\n  jwt_secret: ${@\n",
                    "auth:\n  jwt_secret_file: @\n",
                    "auth:\n  enabled: yes # @\n",
                    "server:\n  port: @\n",
                    "server:\n  port: ${@}\n",
                    "server:\n  host: \"@ x\"\n",
                    "server:\n  port: 99999 # @\n",
                    "server:\n  tls:\n    enabled: @\n",
                    "server:\n  tls:\n    acme:\n      challenge: @\n",
                    "logging:\n  level: @\n",
                    "gemini:\n  base_url: https://u:@@host.example\n",
                    "gemini:\n  base_url: https://host.example/?key=@\n",
                    "gemini:\n  base_url: http://@.example\n",
                    "gemini:\n  selection: @\n",
                    "gemini:\n  api_keys: @\n",
                    "gemini:\n  api_keys: [@]\n",
                    "gemini:\n  api_keys_file: @\n",
                    "gemini:\n  api_keys:\n    - @\n",
                    "gemini:\n  api_keys:\n    - id: @\n      key: @\n",
                    "gemini:\n  api_keys:\n    - id: a\n      key: @\n      weight: @\n",
                    "gemini:\n  api_keys:\n    - id: a\n      key: @\n    - id: a\n      key: @\n",
                    "gemini:\n  api_keys:\n    - id: a\n      kye: @\n",
                    "gemini:\n  api_keys:\n    - {id: a, key: @, wieght: 1}\n",
                    "gemini:\n  api_keys:\n    - id: a\n      key: @\n      expires_at: @\n",
                    "auth:\n  clients:\n    - secret: @\n",
                    "auth:\n  jwks: @\n");

    @TempDir Path directory;

    @Test
    void whereverItStandsInTheFile() {
        for (String place : PLACES) {
            for (String secret : List.of(CANARY, PASSWORD)) {
                assertHidden(secret, Loads.text(place.replace("@", secret), Map.of()), place);
            }
        }
    }

    /** Between ordinary words a short passphrase cannot be told from them. */
    @Test
    void aPassphraseOfOrdinaryWordsToo() {
        for (String passphrase : List.of("swordfish", "open sesame", "correct-horse_battery")) {
            for (String place : WORD_PLACES) {
                assertHidden(
                        passphrase, Loads.text(place.replace("@", passphrase), Map.of()), place);
            }
        }
    }

    @Test
    void aWordThatWasMeantIsStillRepeated() {
        for (String slip :
                List.of(
                        "logging: {level: wran}",
                        "logging: {level: INFO}",
                        "gemini: {selection: least-loaded}",
                        "server: {tls: {enabled: yes}}",
                        "server: {port: 99999}",
                        "server: {tls: {acme: {challenge: http01}}}")) {
            String value = slip.replaceAll(".*: ([^{}]+)}+", "$1");
            String said = String.join("\n", ConfigText.lines(findings(slip)));
            assertTrue(said.contains(value), said);
        }
    }

    private static List<Finding> findings(String yaml) {
        return assertInstanceOf(ConfigResult.InvalidConfig.class, Loads.text(yaml, Map.of()), yaml)
                .findings();
    }

    @Test
    void inTheEnvironmentAndInSet() {
        for (Setting setting : Settings.all()) {
            if (!setting.inList()) {
                Map<String, String> environment = Map.of(setting.variable(), CANARY);
                assertHidden(CANARY, Loads.text("", environment), setting.path());
                assertHidden(
                        PASSWORD,
                        Loads.text("", Map.of(), setting.path() + "=" + PASSWORD),
                        setting.path());
            }
        }
        for (String name :
                List.of("JWT_SECRET", "ADMIN_PASSWORD", "GEMINI_API_KEY", "GEMINI_API_KEYS")) {
            assertHidden(CANARY, Loads.text("", Map.of(name, CANARY)), name);
        }
        for (String set : List.of(CANARY, CANARY + "=1", "a=" + CANARY, "auth." + CANARY + "=1")) {
            assertHidden(CANARY, Loads.text("", Map.of(), set), "--set");
        }
        assertHidden(CANARY, Loads.text("", Map.of("GEMPROXY_" + CANARY, CANARY)), "variable");
    }

    @Test
    void inFilesOfItsOwn() throws IOException {
        Files.writeString(directory.resolve("short"), "c4nary#9");
        assertHidden(
                "c4nary#9",
                Loads.in(directory, "auth:\n  jwt_secret_file: short\n", Map.of()),
                "secret file");
        Files.writeString(
                directory.resolve("k.yaml"), "- id: a\n  kye: " + CANARY + "\n- " + CANARY);
        assertHidden(
                CANARY,
                Loads.in(directory, "gemini:\n  api_keys_file: k.yaml\n", Map.of()),
                "keys file");
    }

    @Test
    void inTheLoadedConfiguration() {
        String yaml =
                "gemini:\n  api_keys:\n    - id: a\n      key: '@'\nauth:\n  admin_password: '@'\n"
                        .replace("@", PASSWORD);
        ConfigResult result = Loads.text(yaml, Map.of("JWT_SECRET", CANARY + CANARY));
        Loads.sound(result);
        assertFalse(result.toString().contains(PASSWORD));
        assertFalse(result.toString().contains(CANARY));
    }

    @Test
    void inTheRequestItself() {
        ConfigSource source = new ConfigSource.Search();
        ConfigRequest request =
                new ConfigRequest(
                        source,
                        List.of("auth.jwt_secret=" + CANARY),
                        Map.of("A", CANARY),
                        directory);
        assertFalse(request.toString().contains(CANARY));
    }

    private static void assertHidden(String secret, ConfigResult result, String place) {
        String said =
                result.findings()
                        + String.join("\n", ConfigText.lines(result.findings()))
                        + result.findings().stream().map(ConfigText::fields).toList();
        String needle = secret.substring(0, Math.min(8, secret.length())).toLowerCase(Locale.ROOT);
        assertFalse(
                said.toLowerCase(Locale.ROOT).contains(needle), () -> place + " shows it: " + said);
    }
}
