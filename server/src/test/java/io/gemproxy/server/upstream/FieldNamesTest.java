package io.gemproxy.server.upstream;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FieldNamesTest {
    private static final FieldNames NAMES =
            FieldNames.of(List.of(Set.of("cookie", "connection"), Set.of("x-" + "y".repeat(70))));

    @Test
    void eachOfThemIsFound() {
        assertTrue(NAMES.contains("cookie"));
        assertTrue(NAMES.contains("connection"));
        assertTrue(NAMES.contains("x-" + "y".repeat(70)));
    }

    @Test
    void othersOfTheSameLetterAndLengthAreNot() {
        assertFalse(NAMES.contains("cxxxxx"));
        assertFalse(NAMES.contains("c".repeat(6 + 64)));
        assertFalse(NAMES.contains("x-" + "z".repeat(70)));
    }

    @Test
    void whatIsNoNameIsNone() {
        assertFalse(NAMES.contains(""));
        assertFalse(NAMES.contains("\u00e7ookie"));
    }
}
