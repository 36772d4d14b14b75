package io.gemproxy.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.config.ConfigFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The names of versions tell contents apart and nothing about them. */
class ConfigVersionsTest {
    private final ConfigVersions here = new ConfigVersions(key(1));

    @Test
    void theSameContentHasTheSameNameUnderTheSameKeyOnly() {
        assertEquals(of(here, "a: 1", "[]"), of(new ConfigVersions(key(1)), "a: 1", "[]"));
        assertNotEquals(of(here, "a: 1", "[]"), of(new ConfigVersions(key(2)), "a: 1", "[]"));
        assertTrue(of(here, "a: 1").matches("[0-9a-f]{16}"));
    }

    @Test
    void whichFileABytesStandsInMatters() {
        assertNotEquals(of(here, "a: 1\n", "[]"), of(here, "a: 1\n[]"));
        assertNotEquals(of(here, "a: 1\n", "[]"), of(here, "a: 1\n[", "]"));
    }

    private static String of(ConfigVersions versions, String... texts) {
        return versions.of(Arrays.stream(texts).map(ConfigVersionsTest::file).toList()).value();
    }

    private static ConfigFile file(String text) {
        return new ConfigFile(Path.of("a.yaml"), text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] key(int first) {
        byte[] key = new byte[32];
        key[0] = (byte) first;
        return key;
    }
}
