package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files with secrets {@code backup.sh} takes, and what it says of those it cannot take. */
@Timeout(120)
final class BackupSecretsIT {
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the key beside a backup", "AIzaSyBackup-filed-key-0123456789abcdef");

    @TempDir private Path directory;

    @Test
    void secretFilesAreInItHoweverTheyAreNamedAndWhatIsNotIsTold() throws Exception {
        Path home = directory.resolve("home");
        Path secrets = Files.createDirectories(home.resolve("sp ace"));
        String signing = "s9Kq2/Zx4Cv6Bn8+Ma1Sd3Fg5Hj7Kl0Qw2Er=";
        Emissions.OF_THIS_RUN.secret("the signing secret of a backup", signing);
        Files.writeString(Emissions.OF_THIS_RUN.given(secrets.resolve("jwt")), signing);
        Files.writeString(Emissions.OF_THIS_RUN.given(secrets.resolve("key")), KEY);
        Files.createDirectories(home.resolve("config"));
        String text =
                """
                server: {host: 127.0.0.1}
                auth:
                  jwt_secret_file: %s
                gemini: {api_keys: [{id: first, key_file: "${SECRETS}/key"}]}
                """;
        Path config = home.resolve("config/proxy.yaml");
        Files.writeString(config, text.formatted("sp ace/jwt # jwt_secret_file: nowhere"));
        Outcome whole = backUpWith(home, Map.of("SECRETS", secrets.toString()), "whole.tar.gz");
        assertEquals(0, whole.status(), whole.err());
        assertTrue(whole.err().contains("3 files in"), whole.err());

        Files.writeString(config, text.formatted(">-\n    sp ace/jwt"));
        Outcome part = backUpWith(home, Map.of("SECRETS", secrets.toString()), "part.tar.gz");
        assertEquals(1, part.status(), part.err());
        assertTrue(part.err().contains("jwt_secret_file in " + config + ":3 names"), part.err());
        assertTrue(part.err().contains("2 files in"), part.err());
    }

    @Test
    void aSecretThatStandsWhereItsFileBelongsIsNotRepeated() throws Exception {
        Path home = directory.resolve("home");
        String signing = "p4Ste/Zx4Cv6Bn8+Ma1Sd3Fg5Hj7Kl0Qw2Er=";
        Emissions.OF_THIS_RUN.secret("the pasted signing secret", signing);
        Path config = Files.createDirectories(home.resolve("config")).resolve("proxy.yaml");
        String text =
                """
                server: {host: 127.0.0.1}
                auth:
                  %s
                gemini: {api_keys: [{id: first, key: "%s"}]}
                """;
        Emissions.OF_THIS_RUN.given(config);
        Files.writeString(config, text.formatted("jwt_secret_file: " + signing, KEY));
        assertUnrepeated(
                backUpWith(home, Map.of(), "file.tar.gz"),
                signing,
                "jwt_secret_file in " + config + ":3 names");
        Files.writeString(config, text.formatted("enabled: false", KEY));
        Map<String, String> pasted = Map.of("JWT_SECRET_FILE", signing);
        assertUnrepeated(
                backUpWith(home, pasted, "variable.tar.gz"), signing, "JWT_SECRET_FILE names");
    }

    private static void assertUnrepeated(Outcome backup, String secret, String setting) {
        assertEquals(1, backup.status(), backup.err());
        assertTrue(backup.err().contains(setting), backup.err());
        assertFalse(backup.err().contains(secret), backup.err());
    }

    private Outcome backUpWith(Path home, Map<String, String> more, String archive)
            throws Exception {
        Map<String, String> environment = new HashMap<>(RunningProxy.environment());
        environment.putAll(more);
        String script = Installation.checkout().resolve("scripts/backup.sh").toString();
        String output = directory.resolve(archive).toString();
        String cli = Installation.program("gemproxy-cli").toString();
        return Outcome.of(home, environment, List.of(script, "--cli", cli, "--output", output));
    }
}
