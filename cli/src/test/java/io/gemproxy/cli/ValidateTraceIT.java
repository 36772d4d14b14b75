package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code validate} in a process of its own, with each of its system calls on record: it opens
 * nothing for writing, changes no file, binds nothing and dials nowhere.
 */
final class ValidateTraceIT {
    private static final String CALLS =
            "open,openat,openat2,creat,truncate,ftruncate,rename,renameat,renameat2,unlink,unlinkat,"
                    + "mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,"
                    + "chown,fchown,fchownat,lchown,mknod,mknodat,utimensat,"
                    + "bind,connect,listen,accept,accept4,sendto,sendmsg,sendmmsg";

    /** Calls that succeed in nothing but reading. */
    private static final Pattern READING =
            Pattern.compile(
                    "\\d+ +open(at2?)?\\((?!.*(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND)).*");

    /**
     * What the Java machine and the C library do in any program; and a thread that strace lets go
     * of while it ends, between two calls.
     */
    private static final Pattern OF_THE_PLATFORM =
            Pattern.compile(
                    ".*(\"/proc/(self|\\d+)/coredump_filter\"|\"/dev/null\"|/nscd/socket\").*"
                            + "|.*(\\+\\+\\+ exited|--- SIG|resumed>|\\?\\?\\?\\( <detached).*");

    private static final String API_KEY =
            Emissions.OF_THIS_RUN.secret(
                    "the pooled key", "AIzaSyB3kQ9wX7vR2mT5pL8nJ4hG6fD1sZ0aYcU");

    @TempDir private Path directory;

    @BeforeAll
    static void needsStrace(@TempDir Path scratch) throws Exception {
        boolean there;
        try {
            Process probe =
                    new ProcessBuilder("strace", "-o", scratch.resolve("t").toString(), "true")
                            .redirectErrorStream(true)
                            .start();
            there = probe.waitFor(20, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException missing) {
            there = false;
        }
        Assumptions.assumeTrue(there, "skipped: strace is not there, or may not trace");
    }

    @Test
    void aSoundFileWithAllThatItNamesIsOnlyRead() throws Exception {
        config(
                """
                server:
                  trusted_proxies: [10.0.0.0/8]
                  tls: {cert_path: cert.pem, key_path: key.pem}
                gemini:
                  base_url: https://gemini.invalid
                  api_keys_file: config/keys.yaml
                auth:
                  jwt_secret_file: secret
                  jwks: [{issuer: "https://issuer.invalid", url: "https://issuer.invalid/jwks"}]
                  rate_limit_per_minute: 60
                telemetry: {otlp: {endpoint: "http://collector.invalid:4318"}}
                audit: {path: logs/audit.log}
                """);
        file("config/keys.yaml", "- id: one\n  key: " + API_KEY + "\n");
        file("secret", CliRun.SECRET + "\n");
        assertEquals(0, new CliRun(directory).run("cert", "self-signed", "--out", ".").status());
        List<String> calls = trace(0, "validate");
        assertReads(calls, "config/proxy.yaml", "config/keys.yaml", "secret", "cert.pem");
        assertEquals(List.of(), beyondReading(calls));
    }

    @Test
    void aBrokenFileIsOnlyRead() throws Exception {
        config(
                "server:\n  prot: 1\n  host: example.invalid\ngemini:\n  api_keys_file: nowhere.yaml\n");
        List<String> calls = trace(1, "validate", "--strict");
        assertReads(calls, "config/proxy.yaml", "nowhere.yaml");
        assertEquals(List.of(), beyondReading(calls));
    }

    @Test
    void theTraceSeesAWriterAndACaller() throws Exception {
        assertFalse(beyondReading(trace(0, "init")).isEmpty());
        List<String> dialled = beyondReading(trace(3, "cert", "inspect", "127.0.0.1:1"));
        assertTrue(dialled.stream().anyMatch(call -> call.contains("connect(")), dialled::toString);
    }

    private static void assertReads(List<String> calls, String... files) {
        for (String file : files) {
            assertTrue(calls.stream().anyMatch(call -> call.contains(file + "\"")), file);
        }
    }

    private static List<String> beyondReading(List<String> calls) {
        return calls.stream()
                .filter(call -> !READING.matcher(call).matches())
                .filter(call -> !OF_THE_PLATFORM.matcher(call).matches())
                .toList();
    }

    private List<String> trace(int status, String... arguments) throws Exception {
        Path trace = directory.resolve("trace");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "strace",
                                "-f",
                                "-qq",
                                "-s",
                                "200",
                                "-e",
                                "trace=" + CALLS,
                                "-o",
                                trace.toString()));
        command.addAll(
                ChildJvm.command(
                        List.of("-XX:-UsePerfData", "-XX:TieredStopAtLevel=1"),
                        Main.class.getName(),
                        arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        Process process = builder.redirectErrorStream(true).start();
        String said;
        try (var out = Emissions.OF_THIS_RUN.from("standard output", process.getInputStream())) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(status, process.exitValue(), said);
        return Files.readAllLines(trace, StandardCharsets.ISO_8859_1);
    }

    private void config(String yaml) throws IOException {
        file("config/proxy.yaml", yaml);
    }

    private void file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(Emissions.OF_THIS_RUN.given(file), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
