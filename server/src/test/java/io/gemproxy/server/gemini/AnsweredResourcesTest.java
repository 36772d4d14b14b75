package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnsweredResourcesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1beta/files/x | {\"file\":{\"name\":\"files/n\"}} | files/n",
                "/v1beta/cachedContents | {\"model\":\"models/m\",\"name\":\"cachedContents/c\"} | cachedContents/c",
                "/v1beta/batches/b | {\"name\":\"batches/b\",\"response\":{\"responsesFile\":\"files/r\"}} | batches/b files/r",
                "/v1beta/batches/b | {\"name\":\"batches/b\",\"metadata\":{\"output\":{\"responsesFile\":\"files/r\"}}} | batches/b files/r",
                "/v1beta/models/v/operations/o | {\"name\":\"models/v/operations/o\",\"response\":{\"generateVideoResponse\":{\"generatedSamples\":[{\"video\":{\"uri\":\"https://h/v1beta/files/v:download?alt=media\"}}]}}} | models/v/operations/o files/v",
                "/v1beta/tunedModels | {\"name\":\"tunedModels/t/operations/o\",\"metadata\":{\"tunedModel\":\"tunedModels/t\"}} | tunedModels/t/operations/o tunedModels/t",
                "/v1beta/interactions | {\"id\":\"v1_a\"} | interactions/v1_a",
                "/v1beta/interactions | `event: interaction.created\ndata: {\"interaction\":{\"id\":\"v1_a\"}}\n\n` | interactions/v1_a",
                "/v1beta/agents | {\"id\":\"a\"} | agents/a",
                "/v1beta/openai/batches | {\"id\":\"batches/b\",\"output_file_id\":\"files/o\"} | batches/b files/o",
                "/v1beta/openai/files | {\"id\":\"file-1\"} | files/file-1",
                "/v1beta/openai/chat/completions | {\"id\":\"chatcmpl-1\"} | ``",
                "/v1beta/models | {\"name\":\"models/m\"} | ``",
                "/v1beta/batches/b | {\"name\":\"batches/b\",\"response\":{\"inlinedResponses\":[{\"metadata\":{\"responsesFile\":\"files/r\",\"name\":\"files/r\"}}]}} | batches/b",
                "/v1beta/files/x | {\"displayName\":{\"name\":\"files/other\"}} | ``",
            })
    void namesAreReadAtTheirExactPlaces(String path, String body, String names) {
        assertEquals(
                names == null || names.isBlank() ? List.of() : List.of(names.strip().split(" ")),
                found(path, body).stream().map(AnsweredResources.Named::name).toList());
    }

    @Test
    void theEndOfAResourceIsReadWithIt() {
        String body = "{\"name\":\"cachedContents/c\",\"expireTime\":\"2026-11-21T14:00:00.5Z\"}";
        assertEquals(
                Optional.of(Instant.parse("2026-11-21T14:00:00.5Z")),
                found("/v1beta/cachedContents", body).getFirst().expires());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1beta/files/x | {\"file\":{\"name\":\"files/n\",\"mimeType\":\"a/b\",\"sizeBytes\":\"12\"}} | 12 a/b",
                "/v1beta/files/x | {\"mimeType\":\"a/b\",\"sizeBytes\":12,\"name\":\"files/n\"} | 12 a/b",
                "/v1beta/openai/files | {\"id\":\"files/n\",\"bytes\":12} | `12 `",
                "/v1beta/files/x | {\"name\":\"files/n\",\"sizeBytes\":\"99999999999999999999\"} | ``",
                "/v1beta/files/x | {\"name\":\"files/n\",\"x\":{\"sizeBytes\":\"12\"}} | ``",
                "/v1beta/fileSearchStores/s/documents/d | {\"name\":\"fileSearchStores/s/documents/d\",\"sizeBytes\":\"12\"} | ``",
            })
    void theLengthOfAFileIsReadWithIt(String path, String body, String content) {
        assertEquals(
                content,
                found(path, body)
                        .getFirst()
                        .content()
                        .map(it -> it.bytes() + " " + it.type())
                        .orElse(""));
    }

    private static List<AnsweredResources.Named> found(String path, String body) {
        return AnsweredResources.find(
                body.getBytes(StandardCharsets.UTF_8),
                GeminiTargets.parse("POST", path).orElseThrow());
    }
}
