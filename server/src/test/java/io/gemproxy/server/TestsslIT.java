package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What testssl.sh has to say against the TLS of the running command. */
class TestsslIT {
    private static final String CONFIG =
            """
            server: {host: 127.0.0.1, port: 0}
            gemini: {base_url: "http://127.0.0.1:1"}
            auth: {jwt_secret: %s}
            admin: {host: 127.0.0.1, port: 0}
            """
                    .formatted(ServerFixture.SECRET);

    /** What it must say of a certificate that vouches for itself. */
    private static final List<String> OF_SELF_SIGNED =
            List.of("Chain of trust", "Trust (hostname)", "OCSP URI", "self signed");

    private static final int MINUTES = 10;

    @TempDir private Path directory;

    @Test
    void nothingIsNotOkButThatTheCertificateVouchesForItself() throws Exception {
        Optional<Path> testssl =
                Stream.of("testssl", "testssl.sh")
                        .map(name -> Path.of("/usr/bin", name))
                        .filter(Files::isExecutable)
                        .findFirst();
        assumeTrue(testssl.isPresent(), "testssl.sh is not installed");
        try (ServerProcess server = ServerProcess.start(directory, arguments())) {
            String report = report(testssl.get(), server.proxyPort());
            List<String> bad =
                    report.lines()
                            .filter(line -> line.contains("NOT ok"))
                            .filter(line -> OF_SELF_SIGNED.stream().noneMatch(line::contains))
                            .map(String::strip)
                            .toList();
            assertEquals(List.of(), bad, report);
            // not what it says of resumption: it hangs up before the ticket of TLS 1.3 may have
            // come; AlpnChallengeIT and CertificateSwapIT show that
            said(report, " SSLv3", "not offered (OK)");
            said(report, " TLS 1 ", "not offered");
            said(report, " TLS 1.1", "not offered");
            said(report, " TLS 1.2", "offered (OK)");
            said(report, " TLS 1.3", "offered (OK)");
            said(report, " Obsolete CBC ciphers", "not offered");
            said(report, " Has server cipher order?", "yes (OK)");
            said(report, " Secure Client-Initiated Renegotiation", "not vulnerable (OK)");
        }
    }

    private String[] arguments() throws IOException {
        Files.writeString(directory.resolve("proxy.yaml"), CONFIG);
        return new String[] {
            "--config=proxy.yaml",
            "--set=gemini.api_keys_file="
                    + Files.writeString(
                            directory.resolve("keys.yaml"),
                            "- {id: alpha, key: " + ServerFixture.keyOf("alpha") + "}\n")
        };
    }

    private String report(Path testssl, int port) throws Exception {
        Path report = directory.resolve("testssl.log");
        Process process =
                new ProcessBuilder(
                                testssl.toString(),
                                "--quiet",
                                "--color=0",
                                "--warnings=off",
                                "--openssl-timeout=20",
                                "--ip=one",
                                "-p",
                                "-s",
                                "-f",
                                "-P",
                                "-S",
                                "-U",
                                "127.0.0.1:" + port)
                        .redirectInput(new java.io.File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(report.toFile())
                        .start();
        try {
            assertTrue(process.waitFor(MINUTES, TimeUnit.MINUTES), "testssl.sh does not end");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String said = Files.readString(report, StandardCharsets.ISO_8859_1);
        Emissions.OF_THIS_RUN.emitted("testssl", said);
        return said;
    }

    private static void said(String report, String what, String verdict) {
        List<String> lines = report.lines().filter(line -> line.startsWith(what)).toList();
        assertTrue(!lines.isEmpty() && lines.getFirst().contains(verdict), what + " in\n" + report);
    }
}
