package io.gemproxy.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checkout's scripts, the Makefile and the unit, judged by the programs that read them. */
final class ScriptsIT {
    private static final Map<String, String> PATH = Map.of("PATH", "/usr/bin:/bin");

    @Test
    void systemdAcceptsTheUnit() throws Exception {
        needs("systemd-analyze");
        Outcome outcome = run("scripts/verify-unit.sh");
        assertEquals(0, outcome.status(), outcome.err());
    }

    @Test
    void shellcheckHasNothingToSay() throws Exception {
        needs("shellcheck");
        Outcome outcome =
                run(
                        "sh",
                        "-c",
                        "shellcheck -x scripts/*.sh .ci/run dist/src/main/bin/* dist/src/main/sh/*"
                                + " dist/src/package/*.sh");
        assertEquals("", outcome.out() + outcome.err());
    }

    @Test
    void makeHelpListsEveryTarget() throws Exception {
        needs("make");
        String help = run("make", "help").out();
        String makefile = Files.readString(Installation.checkout().resolve("Makefile"));
        List<String> targets =
                makefile.lines()
                        .filter(line -> line.matches("[a-z-]+:.*"))
                        .map(line -> line.replaceFirst(":.*", ""))
                        .toList();
        assertTrue(targets.contains("verify"), "found only " + targets);
        for (String target : targets) {
            assertTrue(help.matches("(?s).*\n? +" + target + " +\\S.*"), target + " has no help");
        }
    }

    @Test
    void quickstartRefusesAPortThatIsNone() throws Exception {
        needs("bash");
        Outcome outcome = run("scripts/quickstart.sh", "--port", "https");
        assertEquals(2, outcome.status());
        assertEquals("quickstart: --port wants a port number\n", outcome.err());
    }

    private static Outcome run(String... command) throws Exception {
        return Outcome.of(Installation.checkout(), PATH, List.of(command));
    }

    private static void needs(String program) {
        assumeTrue(
                Stream.of("/usr/bin", "/bin")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                program + " is not installed");
    }
}
