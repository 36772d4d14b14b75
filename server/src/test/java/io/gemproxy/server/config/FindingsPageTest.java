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
                        stops the start;
                        `validate --strict` fails on warnings too. The security score is 100 less \
                        the weight of each finding, not
                        below 0: two example API keys take 20. `gemproxy-cli explain CODE` tells \
                        cause, example and fix.

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
        page.append(
                """

                A secret must be hard to guess: the signing secret has at least 32 bytes, the admin \
                password 12
                characters, and both three of small letters, capitals, digits and other signs, or 32 \
                bytes that look
                random, which are neither words nor repetitions. `openssl rand -base64 48` gives one.
                """);
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(Files.readString(PAGE), page.toString());
    }
}
