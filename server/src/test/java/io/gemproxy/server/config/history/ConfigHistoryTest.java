package io.gemproxy.server.config.history;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.config.ConfigFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was in effect is kept byte for byte, and told without its secrets. */
final class ConfigHistoryTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret("a pooled key", "AIzaSyHistoric-Jw6Zt1Qc8Rv4Xn0Bk3Ld9Fy");

    @TempDir private Path directory;

    @Test
    void eachVersionIsKeptWithWhoWhenAndWhyTheNewestFirst() throws IOException {
        ConfigHistory history = ConfigHistory.in(directory);
        applied(history, "v1", "server: {port: 1} # \u00e4\r\n", "[]");
        applied(history, "v2", "server: {port: 2}\n", "[{id: a, key: " + KEY + "}]\n");
        applied(history, "v1", "server: {port: 1} # \u00e4\r\n", "[]");

        List<HistoryLine> lines = ConfigHistory.in(directory).lines();

        assertEquals(
                List.of("3 v1", "2 v2", "1 v1"),
                lines.stream().map(it -> it.number() + " " + it.entry().version()).toList());
        HistoryLine second = lines.get(1);
        assertEquals("write", second.entry().trigger());
        assertEquals("root", second.entry().actor());
        assertEquals("because", second.entry().reason());
        assertEquals(NOW, second.entry().at());
        assertEquals(
                List.of("server.port", "gemini.api_keys[a].id", "gemini.api_keys[a].key"),
                second.changes().stream().map(it -> it.path()).toList());
        Emissions.OF_THIS_RUN.emitted("the history", lines.toString());
        assertArrayEquals(
                "server: {port: 1} # \u00e4\r\n".getBytes(StandardCharsets.UTF_8),
                lines.getLast().entry().configFiles().getFirst().bytes());
        assertEquals(3, history.find("v1").orElseThrow().number());
    }

    @Test
    void aRestartIsNoNewVersion() throws IOException {
        applied(ConfigHistory.in(directory), "v1", "a: 1", "[]");
        applied(ConfigHistory.in(directory), "v1", "a: 1", "[]");
        assertEquals(1, ConfigHistory.in(directory).lines().size());
    }

    private static void applied(ConfigHistory history, String version, String main, String keys)
            throws IOException {
        history.applied(
                version,
                NOW,
                "write",
                "root",
                "because",
                List.of(file("/etc/proxy.yaml", main), file("/etc/keys.yaml", keys)));
    }

    private static ConfigFile file(String path, String text) {
        return new ConfigFile(Path.of(path), text.getBytes(StandardCharsets.UTF_8));
    }
}
