package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests cost something by themselves. */
final class BillingTest {
    private static final String[] BILLED = {
        "models/m:generateContent",
        "models/m:streamGenerateContent",
        "models/m:embedContent",
        "models/m:batchEmbedContents",
        "models/m:predict",
        "models/m:predictLongRunning",
        "models/m:batchGenerateContent",
        "models/m:generateAnswer",
        "dynamic/d:generateContent",
        "interactions",
        "interactions/",
        "triggers",
        "triggers/t/executions",
        "whatever/google/adds",
        "openai/chat/completions",
        "openai/embeddings",
        "openai/images/generations",
        "openai/videos",
        "openai/responses",
    };
    private static final String[] FREE = {
        "models/m:countTokens",
        "models/m:computeTokens",
        "batches/b:cancel",
        "models/m/operations/o:cancel",
        "interactions/i/cancel",
        "cachedContents",
        "files:register",
        "fileSearchStores",
        "fileSearchStores/s:importFile",
        "tunedModels",
        "tunedModels/t:transferOwnership",
        "auth_tokens",
        "agents",
        "webhooks/w:ping",
        "webhooks/w:rotateSigningSecret",
        "credentials",
        "openai/files",
        "openai/batches",
        "openai/batches/b/cancel",
        "openai/models",
    };

    private static GeminiTarget target(String method, String path) {
        return GeminiTargets.parse(method, "/v1beta/" + path).orElseThrow();
    }

    private static Set<String> billed(String method, String... paths) {
        return Stream.of(paths)
                .filter(path -> Billing.isAsked(method, target(method, path)))
                .collect(Collectors.toSet());
    }

    @Test
    void whatMakesSomethingOutOfAPromptIsBilled() {
        assertEquals(Set.of(BILLED), billed("POST", BILLED));
    }

    @Test
    void whatCostsNothingOrLaterIsNot() {
        assertEquals(Set.of(), billed("POST", FREE));
    }

    @Test
    void lookingIsNeverBilled() {
        for (String method : new String[] {"GET", "HEAD", "DELETE", "PATCH", "PUT"}) {
            assertEquals(Set.of(), billed(method, BILLED), method);
        }
    }

    @ParameterizedTest
    @CsvSource({"upload/v1beta/files", "upload/v1beta/fileSearchStores/s:uploadToFileSearchStore"})
    void uploadsAreNotBilled(String path) {
        GeminiTarget target = GeminiTargets.parse("POST", "/" + path).orElseThrow();
        assertFalse(Billing.isAsked("POST", target));
    }

    @Test
    void eachOperationThatTheseNameIsLookedAt() {
        Set<Operation> seen = EnumSet.of(Operation.LIVE, Operation.UPLOAD_CHUNK, Operation.MODELS);
        Stream.concat(Stream.of(BILLED), Stream.of(FREE))
                .forEach(path -> seen.add(target("POST", path).operation()));
        seen.addAll(EnumSet.of(Operation.UPLOAD_START, Operation.DOWNLOAD, Operation.OAUTH_TOKEN));
        assertEquals(EnumSet.allOf(Operation.class), seen);
    }
}
