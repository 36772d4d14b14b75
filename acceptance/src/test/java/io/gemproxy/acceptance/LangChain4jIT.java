package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.batch.BatchResponse;
import dev.langchain4j.model.batch.BatchState;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.googleai.GeminiFiles;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiBatchChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiModelCatalog;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiTokenCountEstimator;
import io.gemproxy.simulator.faults.Gate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's Gemini module with nothing changed but its base URL and its key. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class LangChain4jIT {
    private static final String MODEL = "gemini-2.5-flash";

    private static Bench bench;
    private static GoogleAiGeminiChatModel chat;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1, 1));
        chat = model().build();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static GoogleAiGeminiChatModel.GoogleAiGeminiChatModelBuilder model() {
        return GoogleAiGeminiChatModel.builder()
                .maxRetries(0)
                .apiKey(bench.token())
                .baseUrl(bench.url() + "/v1beta")
                .modelName(MODEL)
                .returnThinking(true)
                .sendThinking(true);
    }

    private static GoogleAiGeminiStreamingChatModel streaming(String model) {
        return GoogleAiGeminiStreamingChatModel.builder()
                .apiKey(bench.token())
                .baseUrl(bench.url() + "/v1beta")
                .modelName(model)
                .build();
    }

    @Test
    void generates() {
        assertEquals("You said: good morning", chat.chat("good morning"));
    }

    @Test
    void streamsSeveralEvents() throws Exception {
        Tokens tokens = new Tokens(() -> {});
        streaming(MODEL).chat("tell me a story", tokens);

        assertEquals("You said: tell me a story", tokens.end().aiMessage().text());
        assertTrue(tokens.count() > 1);
    }

    @Test
    void getsEachEventBeforeTheNextIsSent() throws Exception {
        Gate gate = bench.simulator().stream("lc4j-steps");
        bench.simulator().script("model gemini-3.5-flash: always events 20 and gate lc4j-steps");
        List<Long> sent = new ArrayList<>();
        Tokens tokens =
                new Tokens(() -> {
                    sent.add(gate.passed());
                    gate.release();
                });
        gate.release();
        streaming("gemini-3.5-flash").chat("count with me to twenty", tokens);

        assertEquals("You said: count with me to twenty", tokens.end().aiMessage().text());
        assertEquals(java.util.stream.LongStream.rangeClosed(1, 20).boxed().toList(), sent);
    }

    @Test
    void chatsOverTwoTurns() {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("hello")));
        messages.add(chat.chat(messages).aiMessage());
        messages.add(UserMessage.from("and again"));

        assertEquals("You said: and again (turn 2)", chat.chat(messages).aiMessage().text());
    }

    @Test
    void callsAFunctionAndKeepsTheThoughtSignature() {
        JsonObjectSchema city = JsonObjectSchema.builder().addStringProperty("city").build();
        ToolSpecification weather =
                ToolSpecification.builder().name("weather").parameters(city).build();
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("Paris")));
        AiMessage call = chat.chat(request(messages, weather)).aiMessage();
        ToolExecutionRequest execution = call.toolExecutionRequests().getFirst();
        assertEquals("weather", execution.name());
        assertTrue(execution.arguments().contains("Paris"), execution::arguments);
        messages.add(call);
        messages.add(ToolExecutionResultMessage.from(execution, "{\"sky\":\"blue\"}"));
        ChatResponse answer = chat.chat(request(messages, weather));

        assertTrue(answer.aiMessage().text().contains("blue"), answer.aiMessage()::text);
        assertTrue(
                bench.simulator().record().stream()
                        .anyMatch(seen ->
                                seen.bodyText().contains("functionResponse")
                                        && seen.bodyText().contains("thoughtSignature")));
    }

    private static ChatRequest request(List<ChatMessage> messages, ToolSpecification tool) {
        return ChatRequest.builder().messages(messages).toolSpecifications(tool).build();
    }

    @Test
    void embeds() {
        GoogleAiEmbeddingModel model =
                GoogleAiEmbeddingModel.builder()
                        .apiKey(bench.token())
                        .baseUrl(bench.url() + "/v1beta")
                        .modelName("gemini-embedding-001")
                        .build();

        assertTrue(model.embed("one").content().dimension() > 0);
        assertEquals(
                2,
                model.embedAll(List.of(TextSegment.from("one"), TextSegment.from("two")))
                        .content()
                        .size());
    }

    @Test
    void countsTokens() {
        GoogleAiGeminiTokenCountEstimator tokens =
                GoogleAiGeminiTokenCountEstimator.builder()
                        .apiKey(bench.token())
                        .baseUrl(bench.url() + "/v1beta")
                        .modelName(MODEL)
                        .build();

        assertEquals(2, tokens.estimateTokenCountInText("12345678"));
    }

    @Test
    void usesAFileRightAfterItsUploadWhicheverKeyIsNext() throws Exception {
        GeminiFiles files =
                GeminiFiles.builder().apiKey(bench.token()).baseUrl(bench.url()).build();
        for (int round = 0; round < 4; round++) {
            byte[] bytes = ("notes of round " + round).getBytes(StandardCharsets.UTF_8);
            GeminiFiles.GeminiFile file = files.uploadFile(bytes, "video/mp4", "round " + round);
            UserMessage question =
                    UserMessage.from(TextContent.from("watch"), VideoContent.from(file.uri()));

            assertEquals(file.name(), files.getMetadata(file.name()).name());
            for (int use = 0; use < 4; use++) {
                assertEquals(
                        "You said: watch I read " + file.name() + ".",
                        chat.chat(question).aiMessage().text());
            }
        }
    }

    @Test
    void listsModels() {
        List<String> names =
                GoogleAiGeminiModelCatalog.builder()
                        .apiKey(bench.token())
                        .baseUrl(bench.url() + "/v1beta")
                        .build()
                        .listModels()
                        .stream()
                        .map(ModelDescription::name)
                        .toList();

        assertTrue(names.stream().anyMatch(name -> name.endsWith(MODEL)), names::toString);
    }

    @Test
    void createsABatchAndPollsIt() {
        GoogleAiGeminiBatchChatModel batches =
                GoogleAiGeminiBatchChatModel.builder()
                        .apiKey(bench.token())
                        .baseUrl(bench.url() + "/v1beta")
                        .modelName(MODEL)
                        .build();
        ChatRequest request =
                ChatRequest.builder().messages(UserMessage.from("in a batch")).build();
        BatchResponse<ChatResponse> job = batches.submit(new BatchRequest<>(List.of(request)));
        for (int poll = 0; poll < 50 && job.state() != BatchState.SUCCEEDED; poll++) {
            job = batches.retrieve(job.batchId());
        }

        assertEquals(BatchState.SUCCEEDED, job.state());
        assertEquals("You said: in a batch", job.responses().getFirst().aiMessage().text());
    }

    @Test
    void aStreamThatIsResetOrTruncatedIsAnError() throws Exception {
        bench.simulator().script("model gemini-3.6-flash: always events 8 and reset at event 3");
        bench.simulator().script("model gemini-3.7-flash: always events 8 and truncate at event 3");
        for (String model : List.of("gemini-3.6-flash", "gemini-3.7-flash")) {
            Tokens tokens = new Tokens(() -> {});
            streaming(model).chat("eight events please", tokens);

            assertFalse(tokens.failure().toString().isEmpty());
            assertTrue(tokens.count() < 8);
        }
    }
}
