package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ApiException;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each class of error as the exception of Google's Java SDK that says it. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class GoogleGenAiErrorsIT {
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

    private static <E extends ApiException> E failure(
            Class<E> type, int code, String status, String token, String model) {
        HttpRetryOptions once = HttpRetryOptions.builder().attempts(1).build();
        HttpOptions options = HttpOptions.builder().baseUrl(bench.url()).retryOptions(once).build();
        try (Client client = Client.builder().apiKey(token).httpOptions(options).build()) {
            GenerateContentConfig plain = GenerateContentConfig.builder().build();
            E unary =
                    assertThrows(type, () -> client.models.generateContent(model, "hello", plain));
            E streamed =
                    assertThrows(
                            type, () -> client.models.generateContentStream(model, "hello", plain));
            assertEquals(code, streamed.code());
            assertEquals(code, unary.code());
            assertEquals(status, unary.status());
            return unary;
        }
    }

    @Test
    void aBadTokenIs401() {
        ClientException failure =
                failure(ClientException.class, 401, "UNAUTHENTICATED", bench.token() + "x", MODEL);

        assertTrue(failure.message().contains("token"), failure::message);
    }

    @Test
    void anotherModelThanTheTokenAllowsIs403() {
        failure(
                ClientException.class,
                403,
                "PERMISSION_DENIED",
                bench.tokenForModel("gemini-2.5-pro"),
                MODEL);
    }

    @Test
    void anUnknownModelIs404() {
        ClientException failure =
                failure(ClientException.class, 404, "NOT_FOUND", bench.token(), "gemini-9");

        assertTrue(failure.message().contains("models/gemini-9"), failure::message);
    }

    @Test
    void aRequestTheApiCannotServeIs400InGooglesWords() {
        bench.simulator().script("model gemini-3.5-flash: always 400 message \"No such schema.\"");
        ClientException failure =
                failure(
                        ClientException.class,
                        400,
                        "INVALID_ARGUMENT",
                        bench.token(),
                        "gemini-3.5-flash");

        assertEquals("No such schema.", failure.message());
    }

    @Test
    void aModelWithoutQuotaOnEveryKeyIs429() {
        bench.simulator().script("model gemini-3.6-flash: always 429 perminute retry 30s");

        failure(
                ClientException.class,
                429,
                "RESOURCE_EXHAUSTED",
                bench.token(),
                "gemini-3.6-flash");
    }

    @Test
    void anOverloadedModelIs503InGooglesWords() {
        bench.simulator().script("model gemini-3.7-flash: always 503 overloaded");
        ServerException failure =
                failure(
                        ServerException.class,
                        503,
                        "UNAVAILABLE",
                        bench.token(),
                        "gemini-3.7-flash");

        assertTrue(failure.message().contains("overloaded"), failure::message);
    }

    @Test
    void anErrorThatQuotesThePooledKeyIsScrubbed() {
        String key = bench.keys().getFirst().value();
        bench.simulator()
                .script(
                        "model gemini-3.8-flash: always 400 message \"Key %s of projects/project-1.\""
                                .formatted(key));
        ClientException failure =
                failure(
                        ClientException.class,
                        400,
                        "INVALID_ARGUMENT",
                        bench.token(),
                        "gemini-3.8-flash");

        assertTrue(!failure.message().contains(key), "the key came through");
    }
}
