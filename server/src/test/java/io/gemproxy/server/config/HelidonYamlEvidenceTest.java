package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigMappingException;
import io.helidon.config.ConfigSources;
import org.junit.jupiter.api.Test;

/**
 * What helidon-config-yaml does with an operator's mistakes: the evidence of ADR 0005. The day one
 * of these fails, Helidon has got better and the decision is worth another look.
 */
class HelidonYamlEvidenceTest {
    @Test
    void acceptsADuplicateKeyAndLetsTheLastOneWin() {
        Config config = parse("server:\n  port: 8443\n  port: 9443\n");
        assertEquals(9443, config.get("server.port").asInt().get());
    }

    @Test
    void losesTheLineOfAValueItCannotRead() {
        Config config = parse("# a comment\nserver:\n  prot: 1\n  port: eight\n");
        assertTrue(config.get("server.prot").exists());
        ConfigMappingException broken =
                assertThrows(
                        ConfigMappingException.class,
                        () -> config.get("server.port").asInt().get());
        String message = String.valueOf(broken.getMessage());
        assertFalse(message.matches("(?is).*(line|:)\\s*4\\b.*"), message);
        assertTrue(message.contains("eight"), message);
    }

    private static Config parse(String yaml) {
        return Config.builder(ConfigSources.create(yaml, MediaTypes.APPLICATION_X_YAML))
                .disableEnvironmentVariablesSource()
                .disableSystemPropertiesSource()
                .build();
    }
}
