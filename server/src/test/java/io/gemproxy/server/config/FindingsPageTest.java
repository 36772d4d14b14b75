package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/findings.md} lists every rule with what it takes from the score. */
class FindingsPageTest {
    private static final Path PAGE = Path.of("../docs/findings.md");

    @Test
    void thePageIsWhatTheRulesSay() throws IOException {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Findings of the configuration

                        What `gemproxy-cli validate` and the start of the server can say. An error \
                        stops the start. The
                        security score is 100 less the weight of each finding, not below 0.

                        | code | severity | weight | CWE | about |
                        | --- | --- | --- | --- | --- |
                        """);
        for (Rule rule : Rule.values()) {
            String cwe = rule.cwe().isPresent() ? "CWE-" + rule.cwe().getAsInt() : "";
            page.append(
                    String.format(
                            "| %s | %s | %d | %s | %s |%n",
                            rule.code(), rule.severity().word(), rule.weight(), cwe, rule.title()));
        }
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }
}
