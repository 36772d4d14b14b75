package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people and programs get to read. */
class ConfigTextTest {
    private static final Finding FINDING =
            Loads.text("auth:\n  rate_limit_per_minute: 60\n  admin_password: short\n", Map.of())
                    .findings()
                    .getFirst();

    @Test
    void peopleReadOneLineAndTheExcerptWithCarets() {
        assertEquals(
                List.of(
                        "proxy.yaml:3:19: error: auth.admin_password: has fewer than 12 characters —"
                                + " use a longer one, or leave it out: then there is no password login"
                                + " [GPX2007, CWE-521, score -20]",
                        "    3 |   admin_password: ****",
                        "      |                   ^^^^"),
                ConfigText.lines(FINDING));
    }

    @Test
    void programsReadFieldsInAStableOrder() {
        assertEquals(
                "{code=GPX2007, severity=error, cwe=521, weight=20, source=proxy.yaml, line=3, column=19,"
                        + " key=auth.admin_password, message=has fewer than 12 characters,"
                        + " fix=use a longer one, or leave it out: then there is no password login}",
                ConfigText.fields(FINDING).toString());
    }

    @Test
    void aFindingWithoutALineHasNeitherLineNorColumn() {
        Finding finding = Loads.text("", Map.of("GEMPROXY_NO", "1")).findings().getLast();
        assertEquals("environment GEMPROXY_NO", finding.place().toString());
        assertEquals(
                List.of("code", "severity", "weight", "source", "key", "message", "fix"),
                List.copyOf(ConfigText.fields(finding).keySet()));
    }
}
