package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code lib/train.sh} makes caches that are used where they fit, and never in the way. */
@Timeout(180)
final class TrainingIT {
    private static final Map<String, String> JAVA =
            Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"));

    @TempDir private Path directory;

    @Test
    void theCachesAreUsedWhereTheyFitAndPassedOverWhereNot() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        copy(Installation.home(), directory);
        Outcome trained = run(JAVA, "lib/train.sh");
        assertEquals(0, trained.status(), trained.err());
        assertEquals(List.of("gemproxy-cli.aot", "gemproxy.aot"), caches());
        Map<String, String> insisting =
                Map.of(
                        "PATH", "/usr/bin:/bin",
                        "JAVA_HOME", System.getProperty("java.home"),
                        "JDK_JAVA_OPTIONS", "-XX:AOTMode=on");
        for (String program : List.of("bin/gemproxy", "bin/gemproxy-cli")) {
            assertEquals(0, run(insisting, program, "--version").status(), program);
        }
        Outcome plain = run(JAVA, "bin/gemproxy-cli", "--version");

        Path jar = jar("gemproxy");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(plain, run(JAVA, "bin/gemproxy-cli", "--version"), "of other jars");
        Files.writeString(directory.resolve("lib/gemproxy-cli.aot"), "no cache");
        assertEquals(plain, run(JAVA, "bin/gemproxy-cli", "--version"), "of something else");
        assertEquals(1, run(insisting, "bin/gemproxy-cli", "--version").status());
        assertEquals(0, plain.status());
        assertEquals("", plain.err());
        assertTrue(plain.out().startsWith("gemproxy-cli "), plain.out());
    }

    @Test
    void withoutCurlOnlyTheCommandLineIsTrained() throws Exception {
        copy(Installation.home(), directory);
        Path programs = Files.createDirectory(directory.resolve("programs"));
        for (String name : List.of("mktemp", "rm", "chmod", "mv", "cat", "sh")) {
            Files.createSymbolicLink(programs.resolve(name), Path.of("/bin", name));
        }
        var environment =
                Map.of("PATH", programs.toString(), "JAVA_HOME", System.getProperty("java.home"));
        Outcome trained = run(environment, "lib/train.sh");
        assertEquals(1, trained.status(), trained.err());
        assertTrue(trained.err().contains("curl is missing"), trained.err());
        assertEquals(List.of("gemproxy-cli.aot"), caches());
    }

    private List<String> caches() throws IOException {
        try (var files = Files.list(directory.resolve("lib"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains("aot"))
                    .sorted()
                    .toList();
        }
    }

    private Path jar(String beginning) throws IOException {
        try (var files = Files.list(directory.resolve("lib"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(beginning))
                    .filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Outcome run(Map<String, String> environment, String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script));
        command.addAll(List.of(arguments));
        return Outcome.of(directory, environment, command);
    }

    /** All but a Java of its own and the caches that were made with it. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                if (file.startsWith(from.resolve("runtime")) || file.toString().endsWith(".aot")) {
                    continue;
                }
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
