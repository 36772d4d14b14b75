package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken configurations with exactly what is said of each, place by place, notices left out. All of
 * them are loaded one after the other in one Java machine of 64 MiB.
 *
 * <p>With {@code -Dgolden.write=true} their {@code expected.txt} are written anew.
 */
class BrokenConfigsTest {
    private static final Path CORPUS = Path.of("src/test/resources/broken").toAbsolutePath();
    private static final int FEWEST = 120;
    private static final long MOST_MILLIS = 1_000;

    private static final Map<String, String> SAID = new LinkedHashMap<>();
    private static final Map<String, Long> MILLIS = new TreeMap<>();
    private static List<BrokenCase> cases = List.of();

    @BeforeAll
    static void loadAllInAMachineOfSixtyFourMebibytes(@TempDir Path directory) throws Exception {
        cases = BrokenCase.all(CORPUS);
        for (BrokenCase broken : cases) {
            broken.prepare(directory.resolve(broken.name()));
        }
        Process process =
                new ProcessBuilder(
                                ChildJvm.command(
                                        List.of("-Xmx64m"),
                                        BrokenConfigs.class.getName(),
                                        CORPUS.toString(),
                                        directory.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        InputStream out = Emissions.OF_THIS_RUN.from("the findings", process.getInputStream());
        remember(new String(out.readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, process.waitFor());
        if (Boolean.getBoolean("golden.write")) {
            for (BrokenCase broken : cases) {
                Path expected = broken.directory().resolve(BrokenCase.EXPECTED);
                Files.writeString(expected, SAID.getOrDefault(broken.name(), ""));
            }
        }
    }

    private static void remember(String all) {
        for (String block : all.split("(?m)^" + BrokenConfigs.BEGIN, -1)) {
            int end = block.indexOf('\n');
            if (end > 0) {
                String[] head = block.substring(0, end).split(" ", 2);
                SAID.put(head[0], block.substring(end + 1));
                MILLIS.put(head[0], Long.parseLong(head[1]));
            }
        }
    }

    @Test
    void eachGetsExactlyItsFindings() throws IOException {
        assertTrue(cases.size() >= FEWEST);
        StringBuilder expected = new StringBuilder();
        StringBuilder said = new StringBuilder();
        for (BrokenCase broken : cases) {
            expected.append(broken.name()).append('\n').append(broken.expected());
            said.append(broken.name()).append('\n').append(SAID.get(broken.name()));
        }
        assertEquals(expected.toString(), said.toString());
    }

    @Test
    void noneIsTakenForSound() {
        List<String> sound =
                cases.stream()
                        .map(BrokenCase::name)
                        .filter(name -> SAID.getOrDefault(name, "").isEmpty())
                        .toList();
        assertEquals(List.of(), sound);
    }

    @Test
    void eachIsJudgedWithinASecondOfProcessorTime() {
        assertEquals(cases.size(), MILLIS.size());
        Map<String, Long> slow = new TreeMap<>(MILLIS);
        slow.values().removeIf(millis -> millis < MOST_MILLIS);
        assertEquals(Map.of(), slow);
    }

    @Test
    void noSecretIsInWhatIsSaidOfIt() {
        for (BrokenCase broken : cases) {
            String said = SAID.getOrDefault(broken.name(), "").toLowerCase(Locale.ROOT);
            for (String secret : broken.secrets()) {
                String beginning = secret.substring(0, 8).toLowerCase(Locale.ROOT);
                assertFalse(said.contains(beginning), broken.name());
            }
        }
        assertTrue(cases.stream().filter(it -> !it.secrets().isEmpty()).count() >= 50);
    }

    @Test
    void everyRuleOfTextAndSecurityIsBrokenByOne() {
        Set<String> missing =
                Stream.of(Rule.values())
                        .filter(rule -> rule.severity() != Severity.NOTICE)
                        .filter(rule -> !ELSEWHERE.contains(rule))
                        .map(Rule::code)
                        .collect(Collectors.toCollection(TreeSet::new));
        missing.removeIf(code -> SAID.values().stream().anyMatch(it -> it.contains("[" + code)));
        assertEquals(Set.of(), missing);
    }

    /** What only the state directory tells, or a running server. */
    private static final Set<Rule> ELSEWHERE = Set.of(Rule.SIGNING_SECRET_OLD, Rule.UNFIT_FILE);

    @Test
    void eachLineSaysWhatIsWrongAndWhatWouldBeRight() {
        List<String> mute = new ArrayList<>();
        SAID.values().stream()
                .flatMap(said -> Arrays.stream(said.split("\n", -1)))
                .filter(line -> line.contains(": error: ") || line.contains(": warning: "))
                .filter(line -> !line.matches(".+: (error|warning): .{8,} — .{5,} \\[GPX\\d{4}.*]"))
                .forEach(mute::add);
        assertEquals(List.of(), mute);
    }
}
