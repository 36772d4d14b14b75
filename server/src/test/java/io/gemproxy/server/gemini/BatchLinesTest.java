package io.gemproxy.server.gemini;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the lines of a batch's input file ask for, however the file is cut. */
class BatchLinesTest {
    private static final String NATIVE =
            "{\"key\":\"1\",\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],"
                    + "\"generationConfig\":{\"maxOutputTokens\":100,\"candidateCount\":2}}}\n";
    private static final String UNBOUNDED =
            "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}}\n";
    private static final String CHAT =
            "{\"custom_id\":\"1\",\"url\":\"\\/v1\\/chat\\/completions\",\"body\":{\"model\":"
                    + "\"gemini-2.5-flash\",\"max_tokens\":50,\"n\":3,\"messages\":[]}}\n";
    private static final String EMBEDDING =
            "{\"url\":\"/v1/embeddings\",\"body\":{\"model\":\"models/gemini-embedding-001\"}}\n";

    private static BatchOrder order(String file, boolean multipart) {
        byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
        BatchOrder whole = order(bytes, multipart, bytes.length);
        for (int piece : new int[] {1, 2, 7, 64}) {
            assertEquals(whole, order(bytes, multipart, piece), "in pieces of " + piece);
        }
        return whole;
    }

    private static BatchOrder order(byte[] bytes, boolean multipart, int piece) {
        BatchLines lines = new BatchLines(multipart);
        for (int at = 0; at < bytes.length; at += piece) {
            lines = lines.copy();
            lines.accept(bytes, at, Math.min(piece, bytes.length - at));
        }
        return lines.order();
    }

    private static BatchBound asked(String file) {
        return order(file, false).asked();
    }

    @Test
    void eachLineIsARequest() {
        assertEquals(new BatchBound(2, 1, 200), asked(NATIVE + UNBOUNDED));
        assertEquals(new BatchBound(2, 1, 200), asked(NATIVE + "\r\n \n" + UNBOUNDED.strip()));
        assertEquals(BatchBound.NOTHING, asked("\n\n"));
    }

    @Test
    void linesOfTheOpenAiCompatibleApiNameTheirModels() {
        BatchOrder order = order(CHAT + EMBEDDING + CHAT, false);
        assertEquals(new BatchBound(3, 0, 300), order.asked());
        assertEquals(
                List.of(new ModelName("gemini-2.5-flash"), new ModelName("gemini-embedding-001")),
                order.models());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request\":{\"contents\":[{\"parts\":[{\"text\":\"\\\"generationConfig\\\":{\\\"maxOutputTokens\\\":1}\"}]}]}}",
                "{\"request\":{\"contents\":[{\"parts\":[{\"functionCall\":{\"args\":{\"generationConfig\":{\"maxOutputTokens\":1}}}}]}]}}",
                "{\"request\":{\"generationConfig\":{\"x\":{\"maxOutputTokens\":1}}}}",
                "{\"generationConfig\":{\"maxOutputTokens\":1},\"max_tokens\":1}",
                "{\"request\":{\"generationConfig\":[{\"maxOutputTokens\":1}]}}",
                "{\"request\":{\"generationConfig\":{\"maxOutputTokens\":0}}}",
                "{\"request\":{\"generationConfig\":{\"maxOutputTokens\":-5}}}",
                "{\"request\":{\"generationConfig\":{\"maxOutputTokens\":null}}}",
                "{\"request\":{\"generationConfig\":{\"maxOutputTokens",
                "{\"body\":{\"messages\":[{\"max_tokens\":1,\"url\":\"/v1/embeddings\"}]}}",
                "{\"url\":\"/v1/embeddings\",\"url\":\"/v1/chat/completions\",\"body\":{}}",
                "{\"url\":\"/v1/embeddings\",\"request\":{}}",
                "{\"url\":\"/v1/embeddings\",\"body\":{\"messages\":[{}]}}",
                "{'request':{'contents':'{\\'}\\\"{'}}",
                "{"
            })
    void whatStandsElsewhereBoundsNothing(String line) {
        assertEquals(new BatchBound(1, 1, 0), asked(line));
        assertEquals(new BatchBound(2, 1, 200), asked(line + "\n" + NATIVE));
    }

    @Test
    void boundsAreReadAsLenientlyAsGoogleMay() {
        for (String number : List.of("\"7\"", "7", "7.0", " 7 ", "0.7e1")) {
            assertEquals(
                    new BatchBound(1, 0, 7),
                    asked(
                            "{\"request\":{\"generation_config\":{\"max_output_tokens\":"
                                    + number
                                    + "}}}"));
        }
        assertEquals(
                new BatchBound(1, 0, 9),
                asked("{\"body\":{\"max_tokens\":9,\"max_completion_tokens\":3}}"));
        assertEquals(
                new BatchBound(1, 0, (1L << 20) * 128),
                asked("{\"body\":{\"max_tokens\":1e30,\"n\":1e30}}"));
    }

    @Test
    void aLineThatIsBrokenHidesNoOther() {
        assertEquals(new BatchBound(2, 1, 200), asked("{\"a\":\"\n" + NATIVE));
        assertEquals(new BatchBound(2, 1, 200), asked("{\"a\":[[{{'\\\n" + NATIVE));
    }

    @Test
    void whatIsWrittenOverManyLinesCountsRatherMore() {
        String pretty = NATIVE.replace("{", "{\n").replace(",", ",\n");
        assertEquals(3, asked(pretty).requests());
    }

    @Test
    void twoObjectsInALineAreTwoRequests() {
        assertEquals(new BatchBound(2, 0, 400), asked(NATIVE.strip() + NATIVE));
    }

    @Test
    void theDescriptionOfAnUploadIsNoRequest() {
        String form =
                "--b\r\nContent-Type: application/json\r\n\r\n{\"file\":{\"displayName\":\"it's\"}}"
                        + "\r\n--b\r\nContent-Type: application/jsonl; x=\"y\"\r\n\r\n"
                        + NATIVE
                        + UNBOUNDED
                        + "\r\n--b--\r\n";
        assertEquals(new BatchBound(2, 1, 200), order(form, true).asked());
        String sly = "{\"file\":{},\"request\":{}}\n";
        assertEquals(new BatchBound(2, 2, 0), asked(sly + sly), "nor any way not to be counted");
    }

    @Test
    void noMoreThanEightModelsAreKept() {
        String many =
                IntStream.range(0, 20)
                        .mapToObj(i -> EMBEDDING.replace("001", "0" + i))
                        .reduce("", String::concat);
        assertEquals(8, order(many, false).models().size());
        String odd = EMBEDDING.replace("models/gemini-embedding-001", "a b".repeat(50));
        assertEquals(List.of(), order(odd, false).models());
    }

    @Test
    void aThousandLinesAreAThousandRequests() {
        String file = Stream.generate(() -> NATIVE).limit(1_000).reduce("", String::concat);
        assertEquals(new BatchBound(1_000, 0, 200_000), asked(file));
    }
}
