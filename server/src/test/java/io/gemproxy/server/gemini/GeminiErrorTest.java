package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GeminiErrorTest {
    private static final String PAID_TPM =
            """
            {"error":{"code":429,"message":"Quota exceeded, limit: 3000000\\nPlease retry in 51.386192716s.","status":"RESOURCE_EXHAUSTED","details":[
             {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaMetric":"generativelanguage.googleapis.com/generate_content_paid_tier_2_input_token_count","quotaId":"GenerateContentPaidTierInputTokensPerModelPerMinute-PaidTier2","quotaDimensions":{"location":"global","model":"gemini-3.8-flash"},"quotaValue":"3000000"}]},
             {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"14s"}]}}
            """;

    @Test
    void aQuotaFailureIsReadInEveryShape() {
        for (String body : new String[] {PAID_TPM, "[" + PAID_TPM + "]", "data: " + PAID_TPM}) {
            GeminiError error = parse(body).orElseThrow();
            assertEquals(429, error.code());
            assertEquals(Optional.of(Duration.ofSeconds(14)), error.retryDelay());
            QuotaViolation violation = error.violations().getFirst();
            assertTrue(violation.isPerMinute());
            assertEquals(Optional.of("gemini-3.8-flash"), violation.model());
        }
    }

    @Test
    void interactionsPutAWordIntoTheCode() {
        assertEquals(
                "quota_exceeded",
                parse("{\"error\":{\"code\":\"quota_exceeded\"}}").orElseThrow().status());
    }

    @Test
    void aBodyCutAnywhereIsReadAsFarAsItGoes() {
        byte[] whole = PAID_TPM.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < whole.length; cut++) {
            Optional<GeminiError> error = GeminiError.parse(Arrays.copyOf(whole, cut), "");
            assertEquals(cut >= "{\"error\":{".length(), error.isPresent());
        }
    }

    @Test
    void anErrorDoesNotPrintItsMessage() {
        assertFalse(
                parse("{\"error\":{\"message\":\"api_key:x\"}}")
                        .orElseThrow()
                        .toString()
                        .contains("api_key"));
    }

    private static Optional<GeminiError> parse(String body) {
        return GeminiError.parse(body.getBytes(StandardCharsets.UTF_8), "application/json");
    }
}
