package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.audit.AuditReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditTailCommandTest {
    @TempDir private Path directory;
    private Path log;

    @BeforeEach
    void createLog() throws IOException {
        log = directory.resolve("logs/audit.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, CliRun.golden("audit.log"));
    }

    @Test
    void showsTheLastRecordsToPeople() throws IOException {
        var outcome = CliRun.installed(directory).run("audit", "tail");
        assertEquals(CliRun.golden("audit-tail.txt"), outcome.out());
        assertEquals("not a record: {\"timestamp\":\"2026-11-21T09:59\n", outcome.err());
        assertEquals(0, outcome.status());
    }

    @Test
    void handsRecordsToProgramsAsTheyStand() throws IOException {
        var outcome = CliRun.installed(directory).run("audit", "tail", "-n", "3", "-o", "json");
        String whole =
                CliRun.golden("audit.log")
                        .lines()
                        .filter(line -> line.endsWith("}"))
                        .skip(5)
                        .collect(Collectors.joining("\n", "", "\n"));
        assertEquals(whole, outcome.out());
    }

    @Test
    void showsOnlyWhatWasAskedFor() throws IOException {
        var run = CliRun.installed(directory);
        var denied = run.run("audit", "tail", "--where", "result=Denied", "-o", "json");
        assertEquals(2, denied.out().lines().count());
        var both =
                run.run(
                        "audit",
                        "tail",
                        "--where",
                        "actor=ci",
                        "--where",
                        "attempts.key_id=spare",
                        "-o",
                        "json");
        assertEquals(1, both.out().lines().count());
        assertTrue(both.out().contains("\"seq\":2"), both.out());
    }

    @Test
    void followsTheLogAcrossItsRotation() throws IOException {
        Deque<Step> steps =
                new ArrayDeque<>(
                        List.of(
                                () -> append("{\"seq\":5}\n"),
                                () -> append("{\"seq\":6}\n"),
                                () -> {
                                    append("{\"seq\":7}\n");
                                    Files.move(log, log.resolveSibling("audit.log.1"));
                                    append("{\"seq\":8}\n");
                                },
                                () -> append("{\"seq\":9}\n")));
        AuditReader.Pause pause = () -> next(steps);
        Files.writeString(log, "{\"seq\":4}\n");
        var outcome =
                CliRun.installed(directory)
                        .pause(pause)
                        .run("audit", "tail", "-f", "-n", "1", "--output", "json");
        assertEquals(
                "{\"seq\":4}\n{\"seq\":5}\n{\"seq\":6}\n{\"seq\":7}\n{\"seq\":8}\n{\"seq\":9}\n",
                outcome.out());
        assertEquals(0, outcome.status());
    }

    @Test
    void readsAnotherFileWithoutAConfiguration() throws IOException {
        Path elsewhere = Files.writeString(directory.resolve("old.log"), "{\"seq\":1}\n");
        var outcome =
                new CliRun(directory.resolve("logs"))
                        .run("audit", "tail", "--file", elsewhere.toString(), "-o", "json");
        assertEquals("{\"seq\":1}\n", outcome.out());
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.delete(log);
        var run = CliRun.installed(directory);
        var outcome = run.run("audit", "tail");
        assertEquals(5, outcome.status());
        assertTrue(outcome.err().endsWith("audit.log is not there\n"), outcome.err());
        assertEquals(2, run.run("audit", "tail", "--where", "result").status());
        assertEquals(2, run.run("audit", "tail", "-n", "-1").status());
    }

    private void append(String line) throws IOException {
        Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static boolean next(Deque<Step> steps) {
        Step step = steps.poll();
        if (step == null) {
            return false;
        }
        try {
            step.take();
            return true;
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** What the server does between two looks at its log. */
    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }
}
