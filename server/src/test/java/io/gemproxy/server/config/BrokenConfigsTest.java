package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken configurations with the exact findings they get. {@code cases.txt} holds name, overrides
 * and text; {@code findings.txt} what is said, notices left out.
 */
class BrokenConfigsTest {
    private static final Path DIR = Path.of("src/test/resources/broken");

    @TempDir Path workingDirectory;

    private record Case(
            String name, Map<String, String> environment, List<String> sets, String yaml) {
        static Case parse(String block) {
            int newline = block.indexOf('\n');
            Map<String, String> environment = new HashMap<>();
            environment.put("JWT_SECRET", Loads.SECRET);
            environment.put("GEMINI_API_KEY", Loads.API_KEY);
            List<String> sets = new ArrayList<>();
            String rest = block.substring(newline + 1);
            if (rest.startsWith("env ") || rest.startsWith("set ")) {
                int end = rest.indexOf("---\n");
                for (String line : rest.substring(0, end).split("\n", -1)) {
                    override(line, environment, sets);
                }
                rest = rest.substring(end + 4);
            }
            return new Case(block.substring(0, newline), environment, sets, rest);
        }

        private static void override(
                String line, Map<String, String> environment, List<String> sets) {
            if (line.startsWith("set ")) {
                sets.add(line.substring(4));
            } else if (line.startsWith("env ")) {
                int equals = line.indexOf('=');
                environment.put(line.substring(4, equals), line.substring(equals + 1));
            }
        }
    }

    @Test
    void eachGetsExactlyItsFindings() throws IOException {
        StringBuilder said = new StringBuilder();
        List<Case> cases = cases();
        for (Case broken : cases) {
            said.append("=== ").append(broken.name()).append('\n');
            findings(broken).forEach(line -> said.append(line).append('\n'));
        }
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(DIR.resolve("findings.txt"), said);
        }
        assertTrue(cases.size() >= 60);
        assertEquals(Files.readString(DIR.resolve("findings.txt")), said.toString());
    }

    @Test
    void noneIsTakenForSound() throws IOException {
        for (Case broken : cases()) {
            assertTrue(!findings(broken).isEmpty(), broken.name());
        }
    }

    private static List<Case> cases() throws IOException {
        return Arrays.stream(Files.readString(DIR.resolve("cases.txt")).split("(?m)^=== "))
                .filter(block -> !block.isBlank())
                .map(Case::parse)
                .toList();
    }

    private List<String> findings(Case broken) {
        byte[] bytes = broken.yaml().getBytes(StandardCharsets.UTF_8);
        ConfigSource source = new ConfigSource.Given("proxy.yaml", new ByteArrayInputStream(bytes));
        ConfigRequest request =
                new ConfigRequest(source, broken.sets(), broken.environment(), workingDirectory);
        return Loads.load(request).findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTICE)
                .flatMap(finding -> ConfigText.lines(finding).stream())
                .toList();
    }
}
