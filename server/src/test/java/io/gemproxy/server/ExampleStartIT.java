package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server starts from the files users have, once real secrets come from the environment. */
class ExampleStartIT {
    private static final Path EXAMPLES = Path.of("src/test/resources/examples").toAbsolutePath();
    private static final Map<String, String> SECRETS =
            Map.of(
                    "JWT_SECRET",
                    ServerFixture.SECRET,
                    "ADMIN_PASSWORD",
                    "Correct-horse-7-battery",
                    "GEMINI_API_KEY",
                    ServerFixture.keyOf("alpha"),
                    "GEMINI_API_KEYS",
                    ServerFixture.keyOf("alpha") + "," + ServerFixture.keyOf("bravo"));

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "proxy-a, config/cert.pem, false",
        "proxy-a-acme, config/cert.pem, true",
        "proxy-b, certs/cert.pem, false",
        "proxy-c-minimal, '', false",
        "proxy-d-production, certs/cert.pem, true"
    })
    void startsUnchanged(String name, String certificate, boolean acme) throws Exception {
        byte[] example = Files.readAllBytes(EXAMPLES.resolve(name + ".yaml"));
        Path file = Files.write(directory.resolve("proxy.yaml"), example);
        try (ServerProcess server =
                ServerProcess.start(
                        directory,
                        SECRETS,
                        "--config=proxy.yaml",
                        "--set=server.port=0",
                        "--set=admin.port=0",
                        "--set=server.tls.acme.directory_url=https://127.0.0.1:1/directory",
                        "--set=gemini.base_url=http://127.0.0.1:1")) {
            try (Wire wire = wire(server.proxyPort(), certificate)) {
                wire.send("GET", "/health", List.of(), new byte[0]);
                assertEquals(200, wire.read().status());
            }
            server.terminate();
            assertEquals(0, server.exitCode(), server.err());
            assertEquals(acme, server.out().contains("acme: no certificate"), server.out());
            assertTrue(!server.err().contains("error:"), server.err());
        }
        assertArrayEquals(example, Files.readAllBytes(file));
    }

    private Wire wire(int port, String certificate) throws Exception {
        if (certificate.isEmpty()) {
            return Wire.to(port);
        }
        try (var pem = Files.newInputStream(directory.resolve(certificate))) {
            X509Certificate made =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509").generateCertificate(pem);
            return Wire.overTls(port, made);
        }
    }
}
