package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every command. */
final class CommandLineTest {
    private static final String COMMANDS =
            "init, validate, config show, config import, config reload, config diff, config history, config rollback,"
                    + " token issue, token inspect, token verify, token revoke, token revoked, token keys"
                    + " list, token keys rotate, token keys retire, client-key new, cert self-signed, cert inspect, status, metrics,"
                    + " performance, errors, drain, keys list, keys show,"
                    + " keys enable, keys disable, keys test, weights list, weights show, weights save, weights apply,"
                    + " weights rollback, budgets list, budgets reset, usage, explain, sessions list, sessions end,"
                    + " audit tail, audit verify, doctor, completion";

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "init",
                "validate",
                "config",
                "config show",
                "config import",
                "config diff",
                "config history",
                "config rollback",
                "weights",
                "weights list",
                "weights show",
                "weights save",
                "weights apply",
                "weights rollback",
                "token",
                "token issue",
                "token inspect",
                "token revoke",
                "token revoked",
                "token keys",
                "token keys list",
                "token keys rotate",
                "token keys retire",
                "client-key",
                "client-key new",
                "token verify",
                "cert",
                "cert self-signed",
                "cert inspect",
                "status",
                "metrics",
                "performance",
                "errors",
                "keys",
                "keys list",
                "keys show",
                "keys test",
                "keys enable",
                "keys disable",
                "budgets",
                "budgets list",
                "budgets reset",
                "usage",
                "sessions",
                "sessions list",
                "sessions end",
                "explain",
                "audit",
                "audit tail",
                "audit verify",
                "doctor",
                "completion",
                "man-pages"
            })
    void eachCommandHasHelpWithAnExample(String command) {
        String[] words = (command + " --help").strip().split(" ");
        var outcome = new CliRun(directory).run(words);
        assertEquals(0, outcome.status());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().contains("Example: gemproxy-cli " + command), outcome.out());
    }

    @Test
    void saysItsVersion() {
        var outcome = new CliRun(directory).run("--version");
        assertTrue(
                outcome.out().matches("gemproxy-cli [0-9]+\\.[0-9]+\\.[0-9]+\\S*\n"),
                outcome.out());
        assertEquals(0, outcome.status());
    }

    @Test
    void suggestsWhatWasProbablyMeant() {
        var command = new CliRun(directory).run("validat");
        assertEquals(2, command.status());
        assertTrue(command.err().contains("gemproxy-cli validate"), command.err());
        assertEquals("", command.out());
        var option = new CliRun(directory).run("token", "issue", "--subjct", "ci");
        assertEquals(2, option.status());
        assertTrue(option.err().contains("--subject"), option.err());
    }

    @Test
    void helpInFrontIsHelpBehind() {
        var run = new CliRun(directory);
        assertEquals(run.run("token", "issue", "--help"), run.run("help", "token", "issue"));
        assertEquals(run.run("--help"), run.run("help"));
        assertEquals(0, run.run("help", "status").status());
    }

    @Test
    void tellsWhatAValueMayBe() {
        var run = new CliRun(directory);
        var role = run.run("token", "issue", "--subject", "ci", "--role", "root");
        assertTrue(role.err().contains("[CLIENT, ADMIN]"), role.err());
        assertTrue(role.err().contains("'root'"), role.err());
        assertTrue(run.run("validate", "-o", "xml").err().contains("[TEXT, JSON]"));
        var number = run.run("token", "issue", "--subject", "ci", "--rpm", "x");
        assertTrue(number.err().contains("'x' is no whole number"), number.err());
        assertEquals(2, number.status());
    }

    @Test
    void aNounAloneIsAMisuseAndLeadsToTheHelp() {
        for (String noun : List.of("config", "token", "cert", "keys", "sessions", "audit")) {
            var outcome = new CliRun(directory).run(noun);
            assertEquals(2, outcome.status());
            assertTrue(
                    outcome.err().endsWith("See: gemproxy-cli " + noun + " --help\n"),
                    outcome.err());
        }
    }

    @Test
    void takesOptionsInFrontOfTheCommandToo() throws IOException {
        var outcome = CliRun.installed(directory).run("--output=JSON", "validate");
        assertTrue(outcome.out().startsWith("{"), outcome.out());
    }

    @Test
    void showsAStackTraceOnlyWhenAsked() {
        var run = new CliRun(directory);
        assertFalse(run.run("audit", "tail", "--file", "x").err().contains("\tat "));
        assertTrue(run.run("audit", "tail", "--file", "x", "-v").err().contains("\tat "));
    }

    @Test
    void theManualHasEachCommandAndNoOther() throws IOException {
        String manual = Files.readString(Path.of("../docs/cli.md"));
        var headings =
                manual.lines()
                        .filter(line -> line.startsWith("## `"))
                        .map(line -> line.substring(4, line.length() - 1))
                        .toList();
        assertEquals(COMMANDS, String.join(", ", headings));
        for (String command : headings) {
            assertTrue(manual.contains("$ gemproxy-cli " + command), command);
        }
    }
}
