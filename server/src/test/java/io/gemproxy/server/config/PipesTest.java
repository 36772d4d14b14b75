package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pipe in the place of a file that a setting names is refused and not waited for. */
class PipesTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gemini.api_keys_file | gemini: {api_keys_file: pipe}",
                "usage.prices_file | usage: {prices_file: pipe}",
                "auth.jwt_secret_file | auth: {jwt_secret_file: pipe}",
                "server.tls.cert_path | server: {tls: {cert_path: pipe, key_path: pipe}}"
            })
    void nobodyWaitsForOne(String key, String text) throws Exception {
        pipe();
        ConfigResult result =
                assertTimeoutPreemptively(Duration.ofSeconds(20), () -> load(text), key);
        assertTrue(
                result.findings().stream()
                        .anyMatch(it ->
                                it.key().equals(key)
                                        && it.what().equals("this is no regular file")),
                () -> String.join("\n", ConfigText.lines(result.findings())));
    }

    @Test
    void aDeviceIsNoFileEither() {
        assertTrue(FileFault.isNoFile(Path.of("/dev/null")));
        assertFalse(FileFault.isNoFile(directory));
    }

    private ConfigResult load(String text) {
        return new ConfigLoader(() -> Instant.EPOCH)
                .load(
                        new ConfigRequest(
                                new ConfigSource.Given(
                                        "proxy.yaml",
                                        new ByteArrayInputStream(
                                                text.getBytes(StandardCharsets.UTF_8))),
                                List.of(),
                                Map.of(),
                                directory));
    }

    private void pipe() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertTrue(Files.exists(pipe));
    }
}
