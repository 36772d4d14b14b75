package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}: what it writes is a configuration the server takes, and its secrets are fresh. */
final class InitCommandTest {
    private static final Pattern SECRET =
            Pattern.compile("(?:jwt_secret|admin_password): \"([A-Za-z0-9_-]{48})\"");

    @TempDir private Path directory;

    @Test
    void whatItWritesIsStrictlyValidOnceThereIsAKey() throws IOException {
        var run = new CliRun(directory);
        var outcome = run.run("init");
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("Wrote config/proxy.yaml (0600)\n", outcome.out());
        assertEquals("rw-------", mode("config/proxy.yaml"));
        assertEquals("rwx------", mode("config"));
        String key =
                Emissions.OF_THIS_RUN.secret(
                        "a key for init", "AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9e");
        var valid = run.variable("GEMINI_API_KEY", key).run("validate", "--strict");
        assertEquals(0, valid.status(), valid.out());
        assertTrue(valid.out().contains("security score 100/100"), valid.out());
    }

    @Test
    void theServiceKeepsWhatItWritesOutsideOfItsConfiguration() throws IOException {
        var run = new CliRun(directory);
        var outcome = run.run("init", "--service", "--dir", "etc");
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.err().contains("systemctl restart gemproxy"), outcome.err());
        assertEquals("rw-------", mode("etc/proxy.yaml"));
        assertEquals(2, secrets("etc/proxy.yaml").size());
        String key =
                Emissions.OF_THIS_RUN.secret(
                        "a key for a service", "AQ.Ab8RN6KkqzXvT1mP0wYc4LhJ7sD2fG9f");
        var valid = run.variable("GEMINI_API_KEY", key).run("validate", "etc/proxy.yaml");
        assertEquals(0, valid.status(), valid.out());
        String text = Files.readString(directory.resolve("etc/proxy.yaml"));
        assertTrue(text.contains("socket: /run/gemproxy/admin.sock"), text);
        assertTrue(text.contains("config_writes: false"), text);
        assertFalse(text.contains(": logs/"), text);
    }

    @Test
    void eachSecretIsFreshAndInTheFileAlone() throws IOException {
        var first = new CliRun(directory).run("init", "--dir", "one");
        var second = new CliRun(directory).run("init", "--dir", "two");
        List<String> all = secrets("one/proxy.yaml");
        assertEquals(2, all.size());
        assertNotEquals(all.getFirst(), all.getLast());
        for (String secret : all) {
            assertFalse(secrets("two/proxy.yaml").contains(secret));
            assertFalse((first.out() + first.err() + second.out()).contains(secret));
        }
    }

    @Test
    void itNeverOverwrites() throws IOException {
        var run = CliRun.installed(directory);
        byte[] before = Files.readAllBytes(directory.resolve("config/proxy.yaml"));
        var outcome = run.run("init");
        assertEquals(5, outcome.status());
        assertTrue(
                outcome.err().contains("config/proxy.yaml is there already and is never"),
                outcome.err());
        assertEquals("", outcome.out());
        assertTrue(
                Arrays.equals(before, Files.readAllBytes(directory.resolve("config/proxy.yaml"))));
    }

    @Test
    void itFollowsNoLinkThatLeadsNowhere() throws IOException {
        Path link = directory.resolve("proxy.yaml");
        Files.createSymbolicLink(link, directory.resolve("elsewhere"));
        assertEquals(5, new CliRun(directory).run("init", "--dir", ".").status());
        assertFalse(Files.exists(directory.resolve("elsewhere")));
        assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void programsSeeWhereTheSecretsAre() throws IOException {
        var json =
                new ObjectMapper().readTree(new CliRun(directory).run("init", "-o", "json").out());
        assertEquals("config/proxy.yaml", json.path("config_file").asText());
        assertEquals(
                "[\"auth.jwt_secret\",\"auth.admin_password\"]", json.path("secrets").toString());
    }

    private List<String> secrets(String file) throws IOException {
        return SECRET.matcher(Files.readString(directory.resolve(file)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve(file)));
    }
}
