package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client may put its one credential, and what happens with none, two, and empty ones. */
@SuppressWarnings("NullAway.Init") // set before all tests
final class CredentialPlacesIT {
    private static final String BODY = "{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}]}";
    private static final String OPENAI_BODY =
            "{\"model\":\"gemini-2.5-flash\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    private static final String NATIVE = "/v1beta/models/gemini-2.5-flash:generateContent";
    private static final String OPENAI = "/v1beta/openai/chat/completions";

    private static Bench bench;

    @BeforeAll
    static void start() throws Exception {
        bench = Bench.start(BenchOptions.keys(1, 1));
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    private static RawClient.Answer ask(String target, String headers) throws Exception {
        String body = target.startsWith(OPENAI) ? OPENAI_BODY : BODY;
        return RawClient.ask(
                bench.port(),
                "POST",
                inserted(target),
                inserted(headers).replace("|", "\r\n"),
                body);
    }

    private static String inserted(String text) {
        return text.replace("TOKEN", bench.token()).replace("OTHER", bench.tokenForModel("*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, OPENAI})
    void eachPlaceOpens(String path) throws Exception {
        assertEquals(200, ask(path, "Authorization: Bearer TOKEN|").status());
        assertEquals(200, ask(path, "authorization: bearer TOKEN|").status());
        assertEquals(200, ask(path, "x-goog-api-key: TOKEN|").status());
        assertEquals(200, ask(path + "?key=TOKEN", "").status());
    }

    @Test
    void webSocketsAreNotBuiltYetAndSaySo() throws Exception {
        assertEquals(
                501,
                RawClient.ask(bench.port(), "GET", live("?access_token=TOKEN"), "", "").status());
        assertEquals(501, RawClient.ask(bench.port(), "GET", live("?key=TOKEN"), "", "").status());
    }

    private static String live(String query) {
        return "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
                + inserted(query);
    }

    @Test
    void theSameCredentialTwiceIsFine() throws Exception {
        assertEquals(
                200, ask(NATIVE, "x-goog-api-key: TOKEN|Authorization: Bearer TOKEN|").status());
        assertEquals(200, ask(NATIVE + "?key=TOKEN", "x-goog-api-key: TOKEN|").status());
    }

    @Test
    void twoDifferentCredentialsAre400() throws Exception {
        assertEquals(
                400, ask(NATIVE, "x-goog-api-key: TOKEN|Authorization: Bearer OTHER|").status());
        assertEquals(400, ask(NATIVE + "?key=OTHER", "x-goog-api-key: TOKEN|").status());
        RawClient.Answer openAi = ask(OPENAI, "x-goog-api-key: TOKEN|Authorization: Bearer OTHER|");
        assertEquals(400, openAi.status());
        assertEquals("INVALID_ARGUMENT", error(openAi).path("status").asText());
    }

    @Test
    void anEmptyCredentialCountsAsAbsent() throws Exception {
        assertEquals(200, ask(NATIVE, "x-goog-api-key: |Authorization: Bearer TOKEN|").status());
        assertEquals(200, ask(NATIVE + "?key=", "x-goog-api-key: TOKEN|").status());
        assertEquals(401, ask(NATIVE, "x-goog-api-key: |").status());
        assertEquals(401, ask(NATIVE + "?key=", "").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {NATIVE, OPENAI})
    void withoutACredentialTheAnswerIs401InTheShapeOfThePath(String path) throws Exception {
        RawClient.Answer answer = ask(path, "");
        JsonNode error = error(answer);

        assertEquals(401, answer.status());
        assertTrue(
                answer.head()
                        .toLowerCase(Locale.ROOT)
                        .contains("\r\ncontent-type: application/json\r\n"),
                answer::head);
        assertEquals(401, error.path("code").asInt(401));
        assertEquals("UNAUTHENTICATED", error.path("status").asText());
        assertTrue(!error.path("message").asText().isEmpty());
        assertEquals(path.equals(OPENAI), error.has("type"));
    }

    private static JsonNode error(RawClient.Answer answer) throws Exception {
        int start = answer.body().indexOf('{');
        int end = answer.body().lastIndexOf('}');
        return new ObjectMapper().readTree(answer.body().substring(start, end + 1)).path("error");
    }

    @Test
    void nothingOfARefusedRequestReachesTheUpstream() throws Exception {
        long before = bench.simulator().requests();
        ask(NATIVE, "");
        ask(NATIVE, "x-goog-api-key: TOKENx|");
        ask(NATIVE, "x-goog-api-key: TOKEN|Authorization: Bearer OTHER|");

        assertEquals(before, bench.simulator().requests());
    }

    @Test
    void aPooledKeyIsNoCredential() throws Exception {
        String pooled = bench.keys().getFirst().value();

        assertEquals(401, ask(NATIVE, "x-goog-api-key: " + pooled + "|").status());
    }
}
