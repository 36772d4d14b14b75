package io.gemproxy.cli.config.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code .env} files as they are found. */
final class DotEnvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "A=plain|plain",
                "A = spaced |spaced",
                "export A=exported|exported",
                "A=with # a comment|with",
                "A=with#no-comment|with#no-comment",
                "A='single # quoted'|single # quoted",
                "A=\"double \\\"quoted\\\"\"|double \"quoted\"",
                "A=[\"a\",\"b\"]|[\"a\",\"b\"]",
                "A=x=y|x=y",
                "A=|``",
                "#A=no|",
            })
    void readsWhatShellsAndLibrariesRead(String line, String value) {
        assertEquals(value, DotEnv.parse(line).get("A"));
    }

    @Test
    void aQuotedValueMayHaveManyLines() {
        assertEquals(
                Map.of("A", "{\n  \"m\": [1, 2]\n}", "B", "2"),
                DotEnv.parse("A='{\n  \"m\": [1, 2]\n}'\nB=2\n"));
    }

    @Test
    void theLastOfANameCounts() {
        assertEquals(Map.of("A", "last"), DotEnv.parse("A=first\nA=last\n"));
    }

    @Test
    void windowsLineEndsAreNoPartOfAValue() {
        assertEquals(Map.of("A", "1", "B", "2"), DotEnv.parse("A=1\r\nB=2\r\n"));
    }

    @Test
    void listsAreJsonOrWrittenWithCommas() {
        assertEquals(List.of("a", "b"), Tree.texts("[\"a\", \" b \"]"));
        assertEquals(List.of("a", "b"), Tree.texts("a, b,"));
        assertEquals(List.of(), Tree.texts(" "));
    }
}
