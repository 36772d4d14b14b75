package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the process ends: its exit codes and what it prints. */
final class ProcessIT {
    private static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret", "u8Vb1/Qw3Er5Ty7+Ui9Op2As4Df6Gh8Jk0Lz=");
    private static final String KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSy-a-pooled-key-0123456789abcdefgh");

    @TempDir private Path directory;

    private int run(String... arguments) throws Exception {
        Process process = ProxyProcess.launch(directory, List.of("-Xmx64m"), arguments);
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still runs");
            Emissions.OF_THIS_RUN.directory(directory);
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private void config(int port, String more) throws Exception {
        Files.writeString(
                directory.resolve("proxy.yaml"),
                """
                server: {host: 127.0.0.1, port: %d, tls: {enabled: false}}
                admin: {host: 127.0.0.1, port: 0}
                gemini: {api_keys: [{id: one, key: "%s"}]}
                auth: {jwt_secret: "%s"}
                %s
                """
                        .formatted(port, KEY, SECRET, more));
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("stdout"))
                + Files.readString(directory.resolve("stderr"));
    }

    @Test
    void aTakenPortIs5() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            config(taken.getLocalPort(), "");

            assertEquals(5, run("--config", "proxy.yaml"), output());
            assertTrue(output().contains(String.valueOf(taken.getLocalPort())), output());
        }
    }

    @Test
    void anInvalidConfigurationIs4AndAllProblemsArePrinted() throws Exception {
        config(0, "loging: {level: info}\nstate: {dri: var}");

        assertEquals(4, run("--config", "proxy.yaml"), output());
        assertTrue(output().contains("loging:") && output().contains("state.dri:"), output());
    }

    @Test
    void checkIs0AndBadUsageIs2() throws Exception {
        config(0, "");

        assertEquals(0, run("--config", "proxy.yaml", "--check"), output());
        assertEquals(2, run("--confg", "proxy.yaml"), output());
        assertEquals(4, run("--config", "missing.yaml"), output());
    }
}
