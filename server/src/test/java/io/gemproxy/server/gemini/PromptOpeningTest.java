package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PromptOpeningTest {
    private static final String NATIVE =
            """
            { "contents" : [ {"role":"user","parts":[{"text":"a ] } \\" , b"}]}, {"role":"model"} ],
              "generationConfig": {"temperature": 0.5, "x": [1, null]},
              "systemInstruction": {"parts":[{"text":"be kind"}]},
              "tools": [ {"functionDeclarations":[]} ] }\
            """;

    private static List<String> found(String body) {
        return found(body.getBytes(StandardCharsets.UTF_8));
    }

    /** The instructions, then the first turn. */
    private static List<String> found(byte[] body) {
        PromptOpening opening = PromptOpening.find(body);
        return Stream.concat(opening.instructions().stream(), opening.firstTurn().stream())
                .map(slice ->
                        new String(body, slice.offset(), slice.length(), StandardCharsets.UTF_8))
                .toList();
    }

    static List<Arguments> bodies() {
        return List.of(
                Arguments.of(
                        NATIVE,
                        List.of(
                                "{\"parts\":[{\"text\":\"be kind\"}]}",
                                "[ {\"functionDeclarations\":[]} ]",
                                "{\"role\":\"user\",\"parts\":[{\"text\":\"a ] } \\\" , b\"}]}")),
                Arguments.of(
                        "{\"system_instruction\":\"s\",\"contents\":{\"parts\":[]}}",
                        List.of("\"s\"", "{\"parts\":[]}")),
                Arguments.of(
                        """
                        {"model":"g","messages":[{"content":"be kind","role":"system"},
                        {"role":"developer","content":[]},{"role":"user","content":"hi"},
                        {"role":"system","content":"late"}],"tools":[1]}\
                        """,
                        List.of(
                                "{\"content\":\"be kind\",\"role\":\"system\"}",
                                "{\"role\":\"developer\",\"content\":[]}",
                                "[1]",
                                "{\"role\":\"user\",\"content\":\"hi\"}")),
                Arguments.of(
                        "{\"input\":\"hi\",\"system_instruction\":\"s\"}",
                        List.of("\"s\"", "\"hi\"")),
                Arguments.of("{\"contents\":[]}", List.of()),
                Arguments.of("[1,2]", List.of()),
                Arguments.of("not JSON", List.of()),
                Arguments.of("", List.of()));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void instructionsAndFirstTurnAreFound(String body, List<String> parts) {
        assertEquals(parts, found(body));
    }

    @Test
    void aBodyCutAnywhereShowsNoHalfInstructionAndFailsNowhere() {
        byte[] all = NATIVE.getBytes(StandardCharsets.UTF_8);
        List<String> whole = found(all);
        for (int length = 0; length < all.length; length++) {
            byte[] cut = Arrays.copyOf(all, length);
            PromptOpening opening = PromptOpening.find(cut);
            List<String> parts = found(cut);
            int instructions = opening.instructions().size();
            assertEquals(whole.subList(0, instructions), parts.subList(0, instructions));
            opening.firstTurn()
                    .ifPresent(turn -> assertTrue(whole.getLast().startsWith(parts.getLast())));
        }
    }
}
