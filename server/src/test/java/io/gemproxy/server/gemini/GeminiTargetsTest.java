package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiTargetsTest {
    @ParameterizedTest
    @CsvSource({
        "/v1beta/models/g-1:generateContent, GENERATE, g-1,",
        "/v1/models/g-1:streamGenerateContent, STREAM_GENERATE, g-1,",
        "/v1alpha/tunedModels/t:generateContent, GENERATE, tunedModels/t, tunedModels/t",
        "/v1beta/models, MODELS,,",
        "/v1beta/models/v:predictLongRunning, PREDICT, v,",
        "/v1beta/models/v/operations/op, OPERATIONS, v, models/v/operations/op",
        "/v1beta/files/abc:download, DOWNLOAD,, files/abc",
        "/download/v1beta/files/abc:download, DOWNLOAD,, files/abc",
        "/upload/v1beta/files, UPLOAD_START,,",
        "/upload/v1beta/fileSearchStores/s:uploadToFileSearchStore, UPLOAD_START,, fileSearchStores/s",
        "/v1beta/fileSearchStores/s/documents/d, FILE_SEARCH_STORES,, fileSearchStores/s",
        "/v1beta/cachedContents/x, CACHED_CONTENTS,, cachedContents/x",
        "/v1beta/batches/x:cancel, BATCHES,, batches/x",
        "/v1beta/interactions/i/cancel, INTERACTIONS,, interactions/i",
        "/v1beta/openai/chat/completions, OPENAI_CHAT,,",
        "/v1beta/openai/models/g, OPENAI_MODELS, g,",
        "/v1beta/somethingNew/x, OTHER,, somethingNew/x",
        "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, LIVE,,",
    })
    void eachPathIsRead(String path, Operation operation, String model, String resource) {
        GeminiTarget target = GeminiTargets.parse("POST", path).orElseThrow();
        assertEquals(operation, target.operation());
        assertEquals(Optional.ofNullable(model).map(ModelName::new), target.model());
        assertEquals(Optional.ofNullable(resource), target.resource());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1", "/v2/models", "/v1betax/models", "/admin", "/models", ""})
    void anythingElseIsNotThere(String path) {
        assertTrue(GeminiTargets.parse("GET", path).isEmpty());
    }

    @Test
    void referencesSurviveATruncatedBody() {
        String body =
                "{\"model\":\"models/g\",\"cachedContent\":\"cachedContents/c\",\"p\":[{\"fileData\":"
                        + "{\"fileUri\":\"https://h/v1beta/files/f1\"}}],\"fileSearchStoreNames\":"
                        + "[\"fileSearchStores/s\"],\"file_uri\":\"files/cu";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Set.of("cachedContents/c", "files/f1", "fileSearchStores/s"),
                ResourceReferences.find(bytes, 0, bytes.length));
        assertEquals(Optional.of(new ModelName("g")), ModelInBody.find(bytes, 0, bytes.length));
    }
}
