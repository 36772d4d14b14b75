package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BatchBoundTest {
    private static final String BOUNDED =
            "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hello\"}]}],"
                    + "\"generationConfig\":{\"maxOutputTokens\":100,\"candidateCount\":2}}}";
    private static final String FREE =
            "{\"request\":{\"contents\":[{\"parts\":[{\"functionCall\":{\"args\":"
                    + "{\"request\":{\"a\":1},\"maxOutputTokens\":9}}}]}]},\"metadata\":{\"key\":\"a\"}}";

    private static byte[] body(String... requests) {
        return ("{\"batch\":{\"input_config\":{\"requests\":{\"requests\":["
                        + String.join(",", requests)
                        + "]}}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static BatchBound find(byte[] body) {
        return BatchBound.find(body, body.length);
    }

    @Test
    void eachRequestCountsWithItsOwnBound() {
        assertEquals(new BatchBound(3, 1, 400), find(body(BOUNDED, FREE, BOUNDED)));
    }

    @Test
    void whatWasNotReadIsMoreOfTheSame() {
        String[] many = new String[1_000];
        Arrays.fill(many, BOUNDED);
        byte[] whole = body(many);
        BatchBound guessed = BatchBound.find(Arrays.copyOf(whole, 10_000), whole.length);
        assertTrue(Math.abs(guessed.requests() - 1_000) < 15, guessed::toString);
        assertTrue(Math.abs(guessed.outputTokens() - 200_000) < 3_000, guessed::toString);
    }

    @Test
    void aFileOrNoJsonTellsNothing() {
        byte[] file =
                "{\"batch\":{\"input_config\":{\"file_name\":\"files/a\"}}}"
                        .getBytes(StandardCharsets.UTF_8);
        assertEquals(BatchBound.NOTHING, find(file));
        assertEquals(BatchBound.NOTHING, find(new byte[] {0x1f, (byte) 0x8b, 8, 0}));
        assertEquals(BatchBound.NOTHING, find(new byte[0]));
    }
}
