package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every command. */
final class CommandLineTest {
    /** Words of options whose value would be a secret. */
    private static final Set<String> SECRETS =
            Set.of("--token", "--password", "--secret", "--key", "--admin-token", "--api-key");

    @TempDir private Path directory;

    static List<String> everyCommand() {
        return Stream.concat(
                        CommandTree.all().stream().map(CommandTree::words), Stream.of("man-pages"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void eachCommandHasHelpWithAnExampleAndItsExitCodes(String command) {
        String[] words = (command + " --help").strip().split(" ");
        var outcome = new CliRun(directory).run(words);
        assertEquals(0, outcome.status());
        assertEquals("", outcome.err());
        assertTrue(outcome.out().contains("Example: gemproxy-cli " + command), outcome.out());
        assertTrue(outcome.out().contains("--output=text|json"), outcome.out());
        if (CommandTree.leaves().contains(command)) {
            assertTrue(outcome.out().contains("Exit codes: "), outcome.out());
        }
    }

    @Test
    void noCommandDemandsASecretInItsArguments() {
        for (CommandLine command : CommandTree.all()) {
            String words = CommandTree.words(command);
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertTrue(
                        Collections.disjoint(SECRETS, List.of(option.names())),
                        () -> words + " takes " + option.longestName());
            }
        }
    }

    @Test
    void noCommandIsColouredWhereThereIsNoTerminal() {
        for (String command : everyCommand()) {
            var outcome = new CliRun(directory).run((command + " --help").strip().split(" "));
            assertFalse(outcome.out().contains("\u001b"), command);
        }
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
        assertEquals(CommandTree.leaves(), Manual.sections());
    }
}
