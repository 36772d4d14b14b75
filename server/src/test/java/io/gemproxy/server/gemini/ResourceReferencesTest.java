package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceReferencesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"fileUri\":\"files/a\"} | files/a",
                "{\"file_uri\" :  \"https://h/v1beta/files/a\"} | files/a",
                "{\"uri\":\"https://h/v1beta/files/a:download?alt=media\"} | files/a",
                "{\"uri\":\"https://youtu.be/files/a\"} | ``",
                "{\"cachedContent\":\"cachedContents/c\"} | cachedContents/c",
                "{\"fileSearchStoreNames\":[\"x\",\"fileSearchStores/s\"]} | fileSearchStores/s",
                "{\"previous_interaction_id\":\"v1_x\"} | interactions/v1_x",
                "{\"model\":\"tunedModels/t\"} | tunedModels/t",
                "{\"model\":\"models/t\"} | ``",
                "{\"input_file_id\":\"file-7\"} | files/file-7",
                "{\"input_file_id\":\"abc\"} | files/abc",
                "{\"text\":\"files/a\"} | ``",
                "{\"text\":\"\\\"fileUri\\\":\\\"files/a\\\"\"} | ``",
                "{\"file\\u0055ri\":\"\\u0066iles\\/a\"} | files/a",
                "{fileUri:'files/a',} | files/a",
                "{\"inputConfig\":{\"fileName\":\"files/a\"}} | files/a",
            })
    void aNameIsFoundWhereverTheBodyIsCut(String body, String name) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Set<String> expected = name == null || name.isBlank() ? Set.of() : Set.of(name.strip());
        assertEquals(expected, ResourceReferences.find(bytes, 0, bytes.length));
        for (int cut = 0; cut <= bytes.length; cut++) {
            List<String> found = new ArrayList<>();
            ResourceReferences references = new ResourceReferences(found::add, found::add);
            references.accept(bytes, 0, cut);
            references.accept(bytes, cut, bytes.length - cut);
            assertEquals(expected, Set.copyOf(found), "cut at " + cut);
        }
    }

    @Test
    void aValueThatIsTooLongIsNoName() {
        byte[] bytes =
                ("{\"fileUri\":\"files/" + "a".repeat(600) + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals(Set.of(), ResourceReferences.find(bytes, 0, bytes.length));
    }
}
