package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator's own certificate authorities, which a start reads as what it serves with. */
final class TrustStoreIT {
    @TempDir private Path directory;

    @Test
    void aStoreThatCannotBeUsedIsToldBeforeAnybodyIsServed() throws Exception {
        Path store = Files.writeString(directory.resolve("trust.p12"), "no key store");
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
                                "-Djavax.net.ssl.trustStore=" + store,
                                "GEMINI_API_KEY",
                                ServerFixture.keyOf("alpha")),
                        "--config",
                        "proxy.yaml")) {
            assertEquals(ExitCode.FAILED, server.exitCode(), server.err());
            assertTrue(
                    server.err().contains("gemproxy: the trust store " + store + " cannot be used"),
                    server.err());
        }
    }
}
