package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of settings is sound in itself. */
class SettingsTest {
    @Test
    void noTwoSettingsShareAVariable() {
        Set<String> variables = new HashSet<>();
        Settings.all().forEach(it -> assertTrue(variables.add(it.variable()), it.path()));
    }

    @Test
    void everySettingAloneCanBeGivenAsAVariable() {
        for (Setting setting : Settings.all()) {
            if (!setting.inList() && setting.standard().isPresent()) {
                String standard = setting.standard().orElseThrow().replace("[]", "");
                ConfigResult result = Loads.text("", Map.of(setting.variable(), standard));
                assertTrue(
                        result.findings().stream().noneMatch(it -> it.severity() == Severity.ERROR),
                        () -> setting.path() + ": " + ConfigText.lines(result.findings()));
            }
        }
    }

    @Test
    void theVariablesNameIsThePathInCapitals() {
        assertEquals(
                "GEMPROXY_SERVER_MAX_CONNECTIONS",
                Settings.at("server.max_connections").variable());
    }

    @Test
    void everySecretHasAFileTwin() {
        for (Setting setting : Settings.all()) {
            assertTrue(!setting.secret() || Settings.find(setting.twinPath()).isPresent());
        }
    }

    @Test
    void everyDocIsASentence() {
        Settings.all().forEach(it -> assertTrue(it.doc().endsWith("."), it.path()));
    }

    @Test
    void noTwoRulesShareACode() {
        Set<String> codes = new HashSet<>();
        for (Rule rule : Rule.values()) {
            assertTrue(codes.add(rule.code()), rule.name());
        }
    }

    @Test
    void theScoreIsAHundredLessTheWeights() {
        ConfigResult clean = Loads.text("auth:\n  rate_limit_per_minute: 60\n", Map.of());
        assertEquals(List.of(), clean.findings());
        assertEquals(100, ConfigText.score(clean.findings()));
        ConfigResult open = Loads.text("auth:\n  enabled: false\n", Map.of());
        assertEquals(60, ConfigText.score(open.findings()));
    }
}
