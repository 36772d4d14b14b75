package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.BatchJob;
import com.google.genai.types.BatchJobSource;
import com.google.genai.types.CachedContent;
import com.google.genai.types.Content;
import com.google.genai.types.CreateBatchJobConfig;
import com.google.genai.types.CreateCachedContentConfig;
import com.google.genai.types.EmbedContentResponse;
import com.google.genai.types.File;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.InlinedRequest;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.Tool;
import com.google.genai.types.UploadFileConfig;
import io.gemproxy.simulator.faults.Gate;
import io.gemproxy.simulator.record.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Google's Java SDK with nothing changed but its base URL and its key. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class GoogleGenAiIT {
    private static final String MODEL = "gemini-2.5-flash";
    private static final GenerateContentConfig PLAIN = GenerateContentConfig.builder().build();

    private static Bench bench;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1, 1));
        client = client(bench.token());
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        bench.close();
    }

    static Client client(String key) {
        HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).build();
        return Client.builder()
                .apiKey(key)
                .httpOptions(HttpOptions.builder().baseUrl(bench.url()).retryOptions(once).build())
                .build();
    }

    @Test
    void generates() {
        GenerateContentResponse answer =
                client.models.generateContent(MODEL, "good morning", PLAIN);

        assertEquals("You said: good morning", answer.text());
        assertTrue(answer.usageMetadata().orElseThrow().totalTokenCount().orElseThrow() > 0);
    }

    @Test
    void streamsSeveralEvents() {
        StringBuilder text = new StringBuilder();
        int events = 0;
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(MODEL, "tell me a story", PLAIN)) {
            for (GenerateContentResponse event : stream) {
                text.append(event.text());
                events++;
            }
        }

        assertEquals("You said: tell me a story", text.toString());
        assertTrue(events > 1, "events: " + events);
    }

    @Test
    void getsEachEventBeforeTheNextIsSent() {
        String model = "gemini-3.5-flash";
        Gate gate = bench.simulator().stream("java-steps");
        bench.simulator().script("model " + model + ": always events 20 and gate java-steps");
        int confirmed = 0;
        gate.release(2); // this SDK reads one event ahead
        try (ResponseStream<GenerateContentResponse> stream =
                client.models.generateContentStream(model, "count with me to twenty", PLAIN)) {
            for (Iterator<GenerateContentResponse> events = stream.iterator(); events.hasNext(); ) {
                events.next();
                confirmed++;
                assertEquals(Math.min(confirmed + 1, 20), gate.passed(), "events sent");
                gate.release();
            }
        }

        assertEquals(20, confirmed);
    }

    @Test
    void chatsOverTwoTurns() {
        Chat chat = client.chats.create(MODEL);

        assertEquals("You said: hello", chat.sendMessage("hello").text());
        assertEquals("You said: and again (turn 2)", chat.sendMessage("and again").text());
    }

    @Test
    void callsAFunctionAndKeepsTheThoughtSignature() throws Exception {
        Tool weather = Tool.builder().functionDeclarations(weather()).build();
        GenerateContentConfig config = GenerateContentConfig.builder().tools(weather).build();
        Content question = Content.fromParts(Part.fromText("Paris"));
        GenerateContentResponse first =
                client.models.generateContent(MODEL, List.of(question), config);
        Content call = first.candidates().orElseThrow().getFirst().content().orElseThrow();
        Part part = call.parts().orElseThrow().getFirst();
        assertEquals("weather", part.functionCall().orElseThrow().name().orElseThrow());
        assertEquals(
                Map.of("city", "Paris"), part.functionCall().orElseThrow().args().orElseThrow());
        byte[] signature = part.thoughtSignature().orElseThrow();

        Content result =
                Content.fromParts(Part.fromFunctionResponse("weather", Map.of("sky", "blue")));
        GenerateContentResponse second =
                client.models.generateContent(MODEL, List.of(question, call, result), config);

        assertTrue(String.valueOf(second.text()).contains("weather returned {\"sky\":\"blue\"}"));
        Seen sent = seenLast("functionResponse");
        assertTrue(
                sent.bodyText().contains(java.util.Base64.getEncoder().encodeToString(signature)),
                "the thought signature did not go back");
    }

    private static FunctionDeclaration weather() {
        Schema city = Schema.builder().type("STRING").build();
        Schema parameters =
                Schema.builder().type("OBJECT").properties(Map.of("city", city)).build();
        return FunctionDeclaration.builder().name("weather").parameters(parameters).build();
    }

    private static Seen seenLast(String inBody) {
        return bench.simulator().record().stream()
                .filter(seen -> seen.bodyText().contains(inBody))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    @Test
    void embeds() {
        EmbedContentResponse answer =
                client.models.embedContent("gemini-embedding-001", List.of("one", "two"), null);

        assertEquals(2, answer.embeddings().orElseThrow().size());
    }

    @Test
    void countsTokens() {
        assertEquals(
                2, client.models.countTokens(MODEL, "12345678", null).totalTokens().orElseThrow());
    }

    @Test
    void usesAFileRightAfterItsUploadWhicheverKeyIsNext() {
        for (int round = 0; round < 4; round++) {
            byte[] bytes = ("notes of round " + round).getBytes(StandardCharsets.UTF_8);
            File file =
                    client.files.upload(
                            bytes, UploadFileConfig.builder().mimeType("text/plain").build());
            String name = file.name().orElseThrow();
            Content question =
                    Content.fromParts(
                            Part.fromText("read"),
                            Part.fromUri(file.uri().orElseThrow(), "text/plain"));

            assertEquals(name, client.files.get(name, null).name().orElseThrow());
            for (int use = 0; use < 4; use++) {
                assertEquals(
                        "You said: read I read " + name + ".",
                        client.models.generateContent(MODEL, question, PLAIN).text());
            }
        }
    }

    @Test
    void uploadsInSeveralChunks() {
        byte[] bytes = new byte[(16 << 20) + 5];
        File file =
                client.files.upload(
                        bytes,
                        UploadFileConfig.builder().mimeType("application/octet-stream").build());

        assertEquals(bytes.length, file.sizeBytes().orElseThrow());
    }

    @Test
    void makesACacheAndUsesItWhicheverKeyIsNext() {
        String text = "a long text to remember. ".repeat(400);
        CachedContent cache =
                client.caches.create(
                        MODEL,
                        CreateCachedContentConfig.builder()
                                .contents(List.of(Content.fromParts(Part.fromText(text))))
                                .ttl(Duration.ofMinutes(5))
                                .build());
        String name = cache.name().orElseThrow();
        GenerateContentConfig cached = GenerateContentConfig.builder().cachedContent(name).build();

        for (int use = 0; use < 4; use++) {
            assertEquals(
                    "You said: go on I remember " + name + ".",
                    client.models.generateContent(MODEL, "go on", cached).text());
        }
    }

    @Test
    void listsModels() {
        List<String> names =
                StreamSupport.stream(client.models.list(null).spliterator(), false)
                        .map(Model::name)
                        .flatMap(java.util.Optional::stream)
                        .toList();

        assertTrue(names.contains("models/" + MODEL), names::toString);
    }

    @Test
    void createsABatchAndPollsIt() {
        InlinedRequest request =
                InlinedRequest.builder()
                        .contents(ImmutableList.of(Content.fromParts(Part.fromText("in a batch"))))
                        .build();
        BatchJobSource source = BatchJobSource.builder().inlinedRequests(request).build();
        BatchJob job =
                client.batches.create(
                        MODEL, source, CreateBatchJobConfig.builder().displayName("jobs").build());
        String name = job.name().orElseThrow();
        List<String> states = new ArrayList<>();
        while (states.size() < 50 && !states.contains("JOB_STATE_SUCCEEDED")) {
            states.add(client.batches.get(name, null).state().orElseThrow().toString());
        }

        assertTrue(states.contains("JOB_STATE_SUCCEEDED"), states::toString);
    }

    @Test
    void aStreamThatIsCutIsAnException() {
        for (String model : List.of("gemini-3.6-flash", "gemini-3.7-flash")) {
            String how = model.contains("3.6") ? "reset at event 3" : "truncate at event 3";
            bench.simulator().script("model " + model + ": always events 8 and " + how);
            List<String> got = new ArrayList<>();

            Exception failure =
                    assertThrows(
                            GenAiIOException.class,
                            () -> {
                                try (ResponseStream<GenerateContentResponse> stream =
                                        client.models.generateContentStream(
                                                model, "eight events please", PLAIN)) {
                                    stream.forEach(event -> got.add(String.valueOf(event.text())));
                                }
                            });

            assertTrue(failure.getCause() instanceof IOException, failure::toString);
            assertTrue(got.size() < 8, got::toString);
        }
    }
}
