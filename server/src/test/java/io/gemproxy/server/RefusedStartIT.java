package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a start before anything is served, as whoever started the server sees it. */
final class RefusedStartIT {
    private static final String CONFIG =
            """
            server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
            auth: {enabled: false}
            admin: {port: 0}
            audit: {path: logs/audit.log, chain_key_file: chain.key}
            state: {dir: var}
            """;

    @TempDir private Path directory;

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"revocations.json", "signing-keys.json"})
    void aDamagedFileThatMustNotBeGuessedIsNotMendedByARestart(String name) throws IOException {
        Path file = Files.createDirectories(directory.resolve("var")).resolve(name);
        Files.writeString(file, "not what was written\n");
        assertEquals(ExitCode.INVALID_CONFIGURATION, start(), told());
        assertTrue(told().contains("gemproxy: " + file + " is damaged; restore it"), told());
        assertEquals("not what was written\n", Files.readString(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--check"})
    void anUnusableChainKeyIsNotMendedByARestart(String check) throws IOException {
        Files.writeString(directory.resolve("chain.key"), "short");
        assertEquals(ExitCode.INVALID_CONFIGURATION, start(check), told());
        assertTrue(told().contains("chain.key"), told());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--check"})
    void aKeyOfAnotherCertificateIsAnInvalidConfiguration(String check) throws IOException {
        for (String name : List.of("one", "two")) {
            SelfSignedCertificate.create(
                            List.of("localhost"),
                            Duration.ofDays(30),
                            InstantSource.system(),
                            new SecureRandom())
                    .write(
                            directory.resolve(name + ".cert"),
                            directory.resolve(name + ".key"),
                            false);
        }
        assertEquals(
                ExitCode.INVALID_CONFIGURATION,
                start(
                        check,
                        "--set=server.tls.enabled=true",
                        "--set=server.tls.cert_path=one.cert",
                        "--set=server.tls.key_path=two.key"),
                told());
        assertTrue(told().contains("two.key is not the key of the certificate in"), told());
        assertFalse(told().contains("\tat "), told());
    }

    @Test
    void aCheckMakesNothing() throws IOException {
        assertEquals(ExitCode.STOPPED, start("--check", "--set=server.tls.enabled=true"), told());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(directory.resolve("proxy.yaml")), left.toList());
        }
    }

    private int start(String... more) throws IOException {
        Path config = directory.resolve("proxy.yaml");
        Files.writeString(config, CONFIG);
        PrintStream out =
                new PrintStream(
                        Emissions.OF_THIS_RUN.into("the console", told),
                        true,
                        StandardCharsets.UTF_8);
        Platform platform =
                new Platform(
                        InstantSource.system(),
                        System::nanoTime,
                        new SecureRandom(),
                        Map.of("GEMINI_API_KEY", ServerFixture.keyOf("alpha")),
                        directory,
                        out,
                        out);
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        Stream.of(more).filter(it -> !it.isEmpty()).forEach(arguments::add);
        return Main.run(platform, arguments.toArray(String[]::new));
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }
}
