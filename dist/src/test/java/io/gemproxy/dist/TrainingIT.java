package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** {@code lib/train.sh} makes a cache that is used where it fits, and never in the way. */
@Timeout(180)
final class TrainingIT {
    private static final Map<String, String> JAVA =
            Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home"));

    @TempDir private Path directory;

    @Test
    void theCacheIsUsedWhereItFitsAndPassedOverWhereNot() throws Exception {
        copy(Installation.home(), directory);
        Path cache = directory.resolve("lib/gemproxy-cli.aot");
        Outcome trained = run("lib/train.sh");
        assertEquals(0, trained.status(), trained.err());
        assertTrue(Files.size(cache) > 1_000_000, trained.out());
        assertEquals(List.of("gemproxy-cli.aot"), caches());
        Outcome plain = run("bin/gemproxy-cli", "--version");

        Path jar = jar("gemproxy-cli-");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertEquals(plain, run("bin/gemproxy-cli", "--version"), "of other jars");
        Files.writeString(cache, "no cache");
        assertEquals(plain, run("bin/gemproxy-cli", "--version"), "of something else");
        assertEquals(0, plain.status());
        assertEquals("", plain.err());
        assertTrue(plain.out().startsWith("gemproxy-cli "), plain.out());
    }

    private List<String> caches() throws IOException {
        try (var files = Files.list(directory.resolve("lib"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains("aot"))
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

    private Outcome run(String script, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script));
        command.addAll(List.of(arguments));
        return Outcome.of(directory, JAVA, command);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
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
