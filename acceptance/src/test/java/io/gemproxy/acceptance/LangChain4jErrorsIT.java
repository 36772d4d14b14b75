package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each class of error as the exception of LangChain4j that says it. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class LangChain4jErrorsIT {
    private static final String MODEL = "gemini-2.5-flash";

    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1));
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static String failure(
            Class<? extends LangChain4jException> type, int code, String token, String model)
            throws Exception {
        GoogleAiGeminiChatModel chat =
                GoogleAiGeminiChatModel.builder()
                        .maxRetries(0)
                        .apiKey(token)
                        .baseUrl(bench.url() + "/v1beta")
                        .modelName(model)
                        .build();
        GoogleAiGeminiStreamingChatModel streaming =
                GoogleAiGeminiStreamingChatModel.builder()
                        .apiKey(token)
                        .baseUrl(bench.url() + "/v1beta")
                        .modelName(model)
                        .build();
        Tokens tokens = new Tokens(() -> {});
        streaming.chat("hello", tokens);
        assertEquals(code, status(assertInstanceOf(type, tokens.failure())));
        LangChain4jException failure = assertThrows(type, () -> chat.chat("hello"));
        assertEquals(code, status(failure));
        return String.valueOf(failure.getMessage());
    }

    private static int status(Throwable failure) {
        return assertInstanceOf(HttpException.class, failure.getCause()).statusCode();
    }

    @Test
    void aBadTokenIs401() throws Exception {
        String message = failure(AuthenticationException.class, 401, bench.token() + "x", MODEL);

        assertTrue(message.contains("UNAUTHENTICATED"), message);
    }

    @Test
    void anotherModelThanTheTokenAllowsIs403() throws Exception {
        String token = bench.tokenForModel("gemini-2.5-pro");
        String message = failure(AuthenticationException.class, 403, token, MODEL);

        assertTrue(message.contains("PERMISSION_DENIED"), message);
    }

    @Test
    void anUnknownModelIs404() throws Exception {
        String message = failure(ModelNotFoundException.class, 404, bench.token(), "gemini-9");

        assertTrue(message.contains("models/gemini-9"), message);
    }

    @Test
    void aRequestTheApiCannotServeIs400InGooglesWords() throws Exception {
        bench.simulator().script("model gemini-3.5-flash: always 400 message \"No such schema.\"");
        String message =
                failure(InvalidRequestException.class, 400, bench.token(), "gemini-3.5-flash");

        assertTrue(message.contains("No such schema."), message);
    }

    @Test
    void aModelWithoutQuotaOnEveryKeyIs429() throws Exception {
        bench.simulator().script("model gemini-3.6-flash: always 429 perminute retry 30s");
        String message = failure(RateLimitException.class, 429, bench.token(), "gemini-3.6-flash");

        assertTrue(message.contains("RetryInfo"), message);
    }

    @Test
    void anOverloadedModelIs503InGooglesWords() throws Exception {
        bench.simulator().script("model gemini-3.7-flash: always 503 overloaded");
        String message =
                failure(InternalServerException.class, 503, bench.token(), "gemini-3.7-flash");

        assertTrue(message.contains("overloaded"), message);
    }
}
