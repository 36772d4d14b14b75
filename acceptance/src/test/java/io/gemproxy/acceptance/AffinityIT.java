package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.CachedContent;
import com.google.genai.types.Content;
import com.google.genai.types.CreateBatchJobConfig;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.File;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateVideosConfig;
import com.google.genai.types.GenerateVideosOperation;
import com.google.genai.types.GenerateVideosSource;
import com.google.genai.types.GetBatchJobConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.ListFilesConfig;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.simulator.record.Seen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Google's Java SDK over three keys of three projects: what it makes it can use, and nobody else.
 */
final class AffinityIT {
    private static final int RUNS = 200;
    private static final String MODEL = "gemini-2.5-flash";
    private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

    @Test
    void twoFilesAndOnePromptAlwaysMeet() throws Exception {
        Set<String> projects = new HashSet<>();
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1))) {
            for (int run = 0; run < RUNS; run++) {
                try (Client client = client(bench, "client-" + run % 20)) {
                    File one = upload(client, "one");
                    File two = upload(client, "two");
                    GenerateContentResponse answer =
                            client.models.generateContent(
                                    MODEL,
                                    Content.fromParts(
                                            Part.fromText("compare"), part(one), part(two)),
                                    PLAIN);
                    assertTrue(String.valueOf(answer.text()).contains(name(one)));
                    assertTrue(String.valueOf(answer.text()).contains(name(two)));
                    client.models.generateContent(MODEL, "and now for something else", PLAIN);
                }
            }
            bench.simulator().record().stream().map(Seen::project).forEach(projects::add);
        }
        assertEquals(3, projects.size(), "all keys are used: " + projects);
    }

    @Test
    void cachesBatchesAndOperationsArePolledWhereTheyAre() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1))) {
            for (int run = 0; run < 20; run++) {
                try (Client client = client(bench, "client-" + run)) {
                    usesACache(client);
                    pollsABatch(client);
                    pollsAnOperation(client);
                }
            }
        }
    }

    private static void usesACache(Client client) {
        CachedContent cache =
                client.caches.create(
                        MODEL,
                        CreateCachedContentConfig.builder()
                                .contents(Content.fromParts(Part.fromText("a long text")))
                                .build());
        String name = cache.name().orElseThrow();
        GenerateContentConfig cached = GenerateContentConfig.builder().cachedContent(name).build();
        for (int i = 0; i < 3; i++) {
            assertTrue(
                    String.valueOf(client.models.generateContent(MODEL, "what", cached).text())
                            .contains(name));
        }
        assertEquals(name, client.caches.get(name, null).name().orElseThrow());
    }

    private static void pollsABatch(Client client) {
        InlinedRequest request =
                InlinedRequest.builder().contents(Content.fromParts(Part.fromText("hi"))).build();
        BatchJob job =
                client.batches.create(
                        MODEL,
                        BatchJobSource.builder().inlinedRequests(List.of(request)).build(),
                        CreateBatchJobConfig.builder().build());
        for (int i = 0; i < 3; i++) {
            job = client.batches.get(job.name().orElseThrow(), GetBatchJobConfig.builder().build());
        }
        assertEquals("JOB_STATE_SUCCEEDED", job.state().orElseThrow().toString());
    }

    private static void pollsAnOperation(Client client) {
        GenerateVideosOperation work =
                client.models.generateVideos(
                        "veo-3.1-generate-preview",
                        GenerateVideosSource.builder().prompt("a cat").build(),
                        GenerateVideosConfig.builder().build());
        for (int i = 0; i < 3; i++) {
            work = client.operations.getVideosOperation(work, null);
        }
        assertTrue(work.done().orElse(false));
    }

    @Test
    void anotherTenantsFileIsAnsweredLikeOneThatIsNowhere() throws Exception {
        try (Bench bench = Bench.start(BenchOptions.keys(1, 1, 1));
                Client alice = client(bench, "alice");
                Client mallory = client(bench, "mallory")) {
            File secret = upload(alice, "secret");
            String id = name(secret).substring("files/".length());
            ApiException foreign =
                    assertThrows(ApiException.class, () -> mallory.files.get(name(secret), null));
            ApiException nowhere =
                    assertThrows(ApiException.class, () -> mallory.files.get("nowhere00000", null));
            assertEquals(nowhere.code(), foreign.code());
            assertEquals(nowhere.status(), foreign.status());
            assertEquals(nowhere.message().replace("nowhere00000", id), foreign.message());
            assertTrue(foreign.message().contains("it may not exist"), foreign.message());

            assertThrows(ApiException.class, () -> mallory.files.delete(name(secret), null));
            Content asking = Content.fromParts(Part.fromText("tell"), part(secret));
            assertThrows(
                    ApiException.class, () -> mallory.models.generateContent(MODEL, asking, PLAIN));
            for (File listed : mallory.files.list(ListFilesConfig.builder().build())) {
                assertFalse(listed.name().equals(secret.name()), "listed to another tenant");
            }
            assertEquals(name(secret), name(alice.files.get(name(secret), null)));
        }
    }

    private static Client client(Bench bench, String subject) {
        HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).build();
        return Client.builder()
                .apiKey(bench.token(TokenGrant.of(subject, Duration.ofHours(1), Role.CLIENT)))
                .httpOptions(HttpOptions.builder().baseUrl(bench.url()).retryOptions(once).build())
                .build();
    }

    private static File upload(Client client, String text) {
        return client.files.upload(
                text.getBytes(StandardCharsets.UTF_8),
                UploadFileConfig.builder().mimeType("text/plain").build());
    }

    private static Part part(File file) {
        return Part.fromUri(file.uri().orElseThrow(), "text/plain");
    }

    private static String name(File file) {
        return file.name().orElseThrow();
    }
}
