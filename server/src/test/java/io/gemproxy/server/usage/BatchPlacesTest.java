package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.GeminiTargets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where answers say that the results of batches are, and which are over without any. */
class BatchPlacesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "batches/b | {\"name\":\"batches/b\",\"response\":{\"responsesFile\":\"files/r\"}} | {batches/b=files/r} | false",
                "batches/b | {\"metadata\":{\"state\":\"BATCH_STATE_SUCCEEDED\",\"output\":{\"responsesFile\":\"files/r\"}}} | {batches/b=files/r} | false",
                "batches/b | {\"metadata\":{\"state\":\"BATCH_STATE_RUNNING\"}} | {} | false",
                "batches/b | {\"metadata\":{\"state\":\"BATCH_STATE_FAILED\"}} | {} | true",
                "batches/b | {\"response\":{\"inlinedResponses\":[{\"metadata\":{\"responsesFile\":\"files/r\"}}]}} | {} | false",
                "batches/b | {\"metadata\":{\"displayName\":{\"responsesFile\":\"files/r\"}}} | {} | false",
                "batches | {\"operations\":[{\"name\":\"batches/b\",\"response\":{\"responsesFile\":\"files/r\"}},{\"name\":\"batches/c\",\"metadata\":{\"state\":\"BATCH_STATE_FAILED\"}},{\"name\":\"batches/d\",\"response\":{\"responsesFile\":\"files/s\"}}]} | `{batches/b=files/r, batches/d=files/s}` | false",
                "files/x:download | {\"response\":{\"responsesFile\":\"files/r\"}} | {} | false",
                "openai/batches/b | {\"id\":\"batches/b\",\"status\":\"completed\",\"output_file_id\":\"files/r\"} | {batches/b=files/r} | false",
                "openai/batches/b | {\"id\":\"b\",\"status\":\"expired\",\"output_file_id\":\"r\"} | {batches/b=files/r} | true",
                "openai/batches/b | {\"id\":\"b\",\"status\":\"in_progress\",\"usage\":{\"total_tokens\":7}} | {} | false",
                "openai/batches/b | {\"id\":\"b\",\"status\":\"failed\",\"errors\":{\"data\":[{\"x\":1}]}} | {} | true",
                "openai/batches/b | {\"id\":\"b\",\"status\":\"completed\",\"error_file_id\":\"files/e\"} | {} | true",
                "openai/batches/b | {\"id\":\"b\",\"status\":\"completed\", | {} | false",
                "openai/batches | {\"object\":\"list\",\"data\":[{\"id\":\"batches/b\",\"output_file_id\":\"files/r\"},{\"id\":\"batches/c\"}]} | {batches/b=files/r} | false",
            })
    void areRead(String path, String answer, String places, boolean givenUp) {
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        for (int piece : new int[] {1, 7, body.length}) {
            UsageTap tap = UsageTap.of(asked(path), PriceTable.shipped(), "");
            for (int at = 0; at < body.length; at += piece) {
                tap.write(body, at, Math.min(piece, body.length - at));
            }
            assertEquals(Optional.empty(), tap.finish(), "it counts nothing");
            Map<String, String> read = tap.results();
            assertEquals(places, read.toString());
            assertEquals(givenUp, tap.givenUp());
        }
    }

    private static Exchange asked(String path) {
        return new Exchange(
                new RequestId("01JC0000000000000000000000"),
                Optional.empty(),
                Instant.parse("2026-11-21T12:00:00Z"),
                0,
                "GET",
                GeminiTargets.parse("GET", "/v1beta/" + path).orElseThrow(),
                "192.0.2.7",
                Optional.empty());
    }
}
