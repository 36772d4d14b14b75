package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code completion}: the shells themselves read what it prints. */
final class CompletionCommandTest {
    @TempDir private Path directory;

    @Test
    void bashReadsItAndCompletesCommandsOptionsAndValues() throws Exception {
        Path script = written("bash");
        assertEquals("", shell("bash", "-n", script.toString()));
        assertEquals("token\n", completed(script, "tok"));
        assertEquals("issue\n", completed(script, "token", "iss"));
        assertEquals("--subject\n", completed(script, "token", "issue", "--subj"));
        assertEquals("text\n", completed(script, "status", "--output", "te"));
        assertEquals("fish\n", completed(script, "completion", "fi"));
    }

    @Test
    void zshReadsIt() throws Exception {
        Path script = written("zsh");
        assumeThereIs("zsh");
        assertEquals("", shell("zsh", "-n", script.toString()));
    }

    @Test
    void fishReadsIt() throws Exception {
        Path script = written("fish");
        assumeThereIs("fish");
        assertEquals("", shell("fish", "--no-execute", script.toString()));
        String asked = "source " + script + "; complete -C 'gemproxy-cli token iss'";
        assertTrue(shell("fish", "-c", asked).startsWith("issue"), asked);
    }

    @Test
    void theScriptForFishHasEachCommandOptionAndValue() {
        List<String> rules = new CliRun(directory).run("completion", "fish").out().lines().toList();
        for (String rule :
                List.of(
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at' -a 'token' -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at token' -a 'keys' -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at token keys' -a 'rotate' -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at token issue' -l subject -x -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at status' -s o -l output -x -a"
                                + " 'text json' -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at status' -s c -l config -r -F",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at validate' -l strict -d",
                        "complete -c gemproxy-cli -n '__gemproxy_cli_at completion' -a 'bash zsh"
                                + " fish'")) {
            assertTrue(rules.stream().anyMatch(line -> line.startsWith(rule)), rule);
        }
        for (String rule : rules) {
            long quotes = rule.replace("\\'", "").chars().filter(it -> it == '\'').count();
            assertEquals(0, quotes % 2, rule);
        }
    }

    @Test
    void programsSeeTheScriptAsText() throws Exception {
        var run = new CliRun(directory);
        var json = new ObjectMapper().readTree(run.run("completion", "fish", "-o", "json").out());
        assertEquals("fish", json.path("shell").asText());
        assertEquals(run.run("completion", "fish").out(), json.path("script").asText());
    }

    @Test
    void anotherShellIsAMisuse() {
        var outcome = new CliRun(directory).run("completion", "tcsh");
        assertEquals(2, outcome.status());
        assertTrue(outcome.err().contains("[BASH, ZSH, FISH]"), outcome.err());
        assertEquals(2, new CliRun(directory).run("completion").status());
    }

    private Path written(String shell) throws IOException {
        var outcome = new CliRun(directory).run("completion", shell);
        assertEquals(0, outcome.status(), outcome.err());
        assertFalse(outcome.out().isEmpty());
        return Files.writeString(directory.resolve("script." + shell), outcome.out());
    }

    /** What bash would offer for the last word. */
    private String completed(Path script, String... words) throws Exception {
        String line = "gemproxy-cli " + String.join(" ", words);
        String asked =
                "compopt() { :; }; source "
                        + script
                        + "; COMP_LINE='"
                        + line
                        + "'; COMP_POINT="
                        + line.length()
                        + "; COMP_WORDS=("
                        + line
                        + "); COMP_CWORD="
                        + words.length
                        + "; _complete_gemproxy-cli; printf '%s\\n' \"${COMPREPLY[@]}\" | sed 's/ *$//'";
        return shell("bash", "-c", asked);
    }

    private String shell(String... command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Emissions.OF_THIS_RUN.emitted("a shell", out);
        assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + "\n" + out);
        return out;
    }

    private static void assumeThereIs(String shell) {
        boolean there =
                List.of("/bin/", "/usr/bin/", "/usr/local/bin/").stream()
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder + shell)));
        Assumptions.assumeTrue(there, () -> "skipped: there is no " + shell + " on this machine");
    }
}
