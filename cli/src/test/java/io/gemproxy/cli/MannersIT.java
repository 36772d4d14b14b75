package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process among others: interrupted, in a pipe, on a full disk, on a terminal. */
@Timeout(120)
final class MannersIT {
    private static final String PROGRAM = "program";
    private static final int INTERRUPTED = 130;

    @RegisterExtension
    private final ScriptedAdmin admin =
            new ScriptedAdmin().shows("GET /api/status", "admin-status.json");

    @TempDir private Path directory;

    @BeforeAll
    static void needsAShell() {
        for (String tool : List.of("/bin/bash", "/usr/bin/env", "/dev/full")) {
            Assumptions.assumeTrue(
                    Files.exists(Path.of(tool)), "skipped: there is no " + tool + " here");
        }
    }

    @BeforeEach
    void writeTheProgram() throws IOException {
        CliRun.installed(directory);
        Files.createDirectories(directory.resolve("logs"));
        Files.writeString(directory.resolve("logs/audit.log"), "{\"seq\":1}\n{\"seq\":2}\n");
        Path program = directory.resolve(PROGRAM);
        Files.writeString(
                program,
                "#!/bin/bash\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' io.gemproxy.cli.Main \"$@\"\n"
                        .formatted(ChildJvm.java(), ChildJvm.classPath()));
        assertTrue(program.toFile().setExecutable(true));
    }

    @Test
    void whoFollowsTheLogIsInterruptedQuietly() throws Exception {
        Process following =
                started("exec env --default-signal=INT ./program audit tail -f -o json");
        try (BufferedReader out = reader(following)) {
            assertEquals("{\"seq\":1}", out.readLine());
            assertEquals("{\"seq\":2}", out.readLine());
            assertEquals(
                    0, new ProcessBuilder("kill", "-INT", "" + following.pid()).start().waitFor());
            assertNull(out.readLine());
        }
        assertTrue(following.waitFor(60, TimeUnit.SECONDS));
        assertEquals(INTERRUPTED, following.exitValue());
    }

    @Test
    void aReaderThatHasSeenEnoughMayGo() throws Exception {
        var status =
                run(
                        "./program status --server '"
                                + admin.url()
                                + "' | true; echo ${PIPESTATUS[0]}");
        assertEquals("0\n", status);
    }

    @Test
    void whoFollowsTheLogEndsWhenNobodyReadsAnyMore() throws Exception {
        Process following = started("exec ./program audit tail -f -o json");
        try (BufferedReader out = reader(following)) {
            assertEquals("{\"seq\":1}", out.readLine());
        }
        Path log = directory.resolve("logs/audit.log");
        for (int seq = 3; !following.waitFor(100, TimeUnit.MILLISECONDS); seq++) {
            Files.writeString(log, "{\"seq\":" + seq + "}\n", StandardOpenOption.APPEND);
        }
        assertEquals(0, following.exitValue());
    }

    @Test
    void whatCannotBeWrittenIsNotTakenForDone() throws Exception {
        String issued = run("./program token issue --subject ci > /dev/full; echo $?");
        assertTrue(issued.contains("gemproxy-cli: standard output cannot be written\n"), issued);
        assertTrue(issued.endsWith("\n5\n"), issued);
    }

    @Test
    void aTerminalIsColouredUnlessItOrItsUserWantsNone() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/script")), "skipped: there is no script here");
        String command = "script -qec './program validate config/proxy.yaml' /dev/null";
        String red = "\u001b[31m";
        assertTrue(run("TERM=xterm " + command).contains(red));
        assertFalse(run("TERM=dumb " + command).contains(red));
        assertFalse(run("NO_COLOR=1 TERM=xterm " + command).contains(red));
        assertFalse(run("TERM=xterm ./program validate config/proxy.yaml").contains(red));
    }

    @Test
    void aTerminalTellsWhatIsWaitedForAndThenHasTheAnswerAlone() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/script")), "skipped: there is no script here");
        CountDownLatch told = new CountDownLatch(1);
        admin.otherwise(_ -> answered(told, "{\"ended\":2}"));
        Process ending =
                started(
                        "TERM=xterm script -qec './program sessions end --all --server "
                                + admin.url()
                                + "' /dev/null");
        try (BufferedReader out = reader(ending)) {
            StringBuilder shown = new StringBuilder();
            for (int letter = out.read(); letter >= 0; letter = out.read()) {
                shown.append((char) letter);
                if (shown.indexOf("Waiting for " + admin.url() + ", 10 s at most … ") >= 0) {
                    told.countDown();
                }
            }
            assertTrue(shown.toString().endsWith(" \r2 sessions ended.\r\n"), shown::toString);
        }
        assertTrue(ending.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, ending.exitValue());
    }

    private static ScriptedAdmin.Answer answered(CountDownLatch when, String body) {
        try {
            assertTrue(when.await(30, TimeUnit.SECONDS), "nothing was told");
            return new ScriptedAdmin.Answer(200, body);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** What the terminal shows, output and talk. */
    private String run(String line) throws Exception {
        Process process = started(line);
        try (var out = Emissions.OF_THIS_RUN.from("standard output", process.getInputStream())) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return said;
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(
                        Emissions.OF_THIS_RUN.from("standard output", process.getInputStream()),
                        StandardCharsets.UTF_8));
    }

    private Process started(String line) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", "-c", line)
                        .directory(directory.toFile())
                        .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
        return builder.start();
    }
}
