package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator's own certificate authorities, which a start reads as what it serves with. */
final class TrustStoreIT {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({
        "-Djavax.net.ssl.trustStore=trust.p12, the trust store trust.p12",
        "-Djavax.net.ssl.trustStoreType=none, the trust store that Java has",
        "-Djavax.net.ssl.keyStore=trust.p12, the key store trust.p12",
    })
    void aStoreThatCannotBeUsedIsToldBeforeAnybodyIsServed(String option, String named)
            throws Exception {
        Files.writeString(directory.resolve("trust.p12"), "no key store");
        Files.writeString(
                directory.resolve("proxy.yaml"),
                """
                server: {host: 127.0.0.1, port: 0, tls: {enabled: false}}
                auth: {enabled: false}
                admin: {port: 0}
                audit: {path: audit.log}
                state: {dir: var}
                """);
        try (ServerProcess server =
                ServerProcess.start(
                        directory,
                        Map.of(
                                "JDK_JAVA_OPTIONS",
                                option,
                                "GEMINI_API_KEY",
                                ServerFixture.keyOf("alpha")),
                        "--config",
                        "proxy.yaml")) {
            assertEquals(ExitCode.FAILED, server.exitCode(), server.err());
            assertTrue(
                    server.err().contains("gemproxy: " + named + " cannot be used"), server.err());
        }
    }
}
