package io.gemproxy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gemproxy.cli.Situations.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command in each of its situations: for people, for programs, and with {@code --verbose}. */
@Timeout(60)
final class SituationsIT {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private static final String NAMED = "gemproxy-cli: ";
    private static final String TRACE = "\tat ";

    /** As in {@code Exit codes: 0 listed, 1 no such version; 3 server not reachable}. */
    private static final Pattern CODE = Pattern.compile("(?<=[ ,;.])\\d(?= [a-z])");

    private static final Map<Integer, String> KINDS =
            Map.of(1, "no", 2, "usage", 3, "unreachable", 4, "unauthorised", 5, "io");

    @RegisterExtension private final ScriptedAdmin admin = new ScriptedAdmin();

    @RegisterExtension
    private final ScriptedAdmin missing =
            new ScriptedAdmin().always(404, ScriptedAdmin.missing("There is none.").body());

    @RegisterExtension private final ScriptedAdmin refusing = new ScriptedAdmin().always(401, "{}");

    @TempDir private Path directory;

    static List<Situation> all() {
        return Situations.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void endsAsItsExitCodeSays(Situation situation) throws IOException {
        var outcome = run(situation, "");
        assertEquals(situation.status(), outcome.status(), outcome.err() + outcome.out());
        assertFalse((outcome.out() + outcome.err()).contains("\u001b"), "no colour off a terminal");
        assertFalse(outcome.err().contains(TRACE), outcome.err());
        boolean failed = outcome.err().contains(NAMED);
        assertTrue(!failed || outcome.status() != 0, outcome.err());
        assertTrue(situation.status() < 2 || failed || isAnswer(situation), outcome.err());

        var verbose = run(situation, "--verbose");
        assertEquals(situation.status(), verbose.status());
        assertEquals(failed && !isMisuse(verbose), verbose.err().contains(TRACE), verbose.err());

        programsAreTold(situation, failed, run(situation, "--output=json"));
    }

    @Test
    void eachCommandIsMetInSituationsOfAllItsExitCodes() {
        Map<String, Set<Integer>> met =
                Situations.all().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Situation::command,
                                        Collectors.mapping(
                                                Situation::status,
                                                Collectors.toCollection(TreeSet::new))));
        List<String> commands =
                Stream.concat(CommandTree.leaves().stream(), Stream.of("man-pages")).toList();
        assertEquals(Set.copyOf(commands), met.keySet());
        for (String command : commands) {
            Set<Integer> wanted = new TreeSet<>(Set.of(0, 2));
            String help = new CliRun(directory).run((command + " --help").split(" ")).out();
            String codes =
                    help.substring(help.indexOf("Exit codes: "), help.indexOf("\n\nExample"));
            CODE.matcher(codes.replaceAll("\\s+", " "))
                    .results()
                    .forEach(code -> wanted.add(Integer.parseInt(code.group())));
            assertTrue(
                    met.getOrDefault(command, Set.of()).containsAll(wanted),
                    () -> command + " says " + wanted + " and is met in " + met.get(command));
        }
    }

    private static void programsAreTold(Situation situation, boolean failed, CliRun.Outcome outcome)
            throws JsonProcessingException {
        assertEquals(situation.status(), outcome.status(), outcome.err());
        assertEquals(failed, outcome.err().contains(NAMED), outcome.err());
        if (situation.command().equals("audit tail") && !failed) {
            for (String line : outcome.out().lines().toList()) {
                assertTrue(JSON.readTree(line).isObject(), line);
            }
            return;
        }
        JsonNode value = JSON.readTree(outcome.out());
        assertTrue(value.isObject(), outcome.out());
        assertEquals(failed, value.has("error"), outcome.out());
        if (failed) {
            assertEquals(1, outcome.out().lines().count(), outcome.out());
            assertEquals(situation.status(), value.at("/error/exit_code").asInt());
            assertEquals(KINDS.get(situation.status()), value.at("/error/kind").asText());
            String message = value.at("/error/message").asText();
            assertTrue(outcome.err().contains(NAMED + message.lines().findFirst().orElse("?")));
        }
    }

    /** What picocli refuses has no place in the program. */
    private static boolean isMisuse(CliRun.Outcome outcome) {
        return outcome.err().contains("\nSee: gemproxy-cli ");
    }

    /** A file that cannot be read is one of the findings of a configuration. */
    private static boolean isAnswer(Situation situation) {
        return situation.command().equals("validate");
    }

    /** Each run has premises of its own: some commands leave something behind. */
    private CliRun.Outcome run(Situation situation, String more) throws IOException {
        admin.always(200, body(situation.answer()));
        Path place = Files.createTempDirectory(directory, "run");
        String[] words =
                Stream.concat(situation.words().stream(), Stream.of(more))
                        .filter(word -> !word.isEmpty())
                        .map(this::placed)
                        .toArray(String[]::new);
        return Premises.of(situation.command(), place, admin)
                .run(situation.command(), situation.input())
                .run(words);
    }

    private static String body(String answer) {
        return answer.isEmpty() || answer.startsWith("{") ? answer : CliRun.golden(answer);
    }

    private String placed(String word) {
        return switch (word) {
            case "{admin}" -> admin.url();
            case "{missing}" -> missing.url();
            case "{refusing}" -> refusing.url();
            case "{nobody}" -> "http://127.0.0.1:1";
            default -> word;
        };
    }
}
