package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UsageTapTest {
    private static final String FIRST =
            "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\\\"b\\\\\"}]}}],"
                    + "\"usageMetadata\": {\"promptTokenCount\":7,\"totalTokenCount\":7}}";
    private static final String SECOND =
            "{\"usageMetadata\":{\"promptTokenCount\":6,\"cachedContentTokenCount\":2,"
                    + "\"candidatesTokenCount\":3,\"thoughtsTokenCount\":4,\"totalTokenCount\":13,"
                    + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":6}]},\"x\":1}";
    private static final Optional<TokenUsage> COUNTS =
            Optional.of(
                    new TokenUsage(
                            6,
                            2,
                            3,
                            4,
                            0,
                            13,
                            new UsageDetail(
                                    ModalityTokens.UNSTATED.plus(Modality.TEXT, 6),
                                    ModalityTokens.UNSTATED,
                                    ModalityTokens.UNSTATED,
                                    ModalityTokens.UNSTATED,
                                    Optional.empty(),
                                    0,
                                    0,
                                    GeneratedMedia.NONE,
                                    Counting.STATED)));

    @Test
    void lastCountsOfEveryFramingAreFoundInAnySplit() throws IOException {
        String crlf = "data: " + FIRST + "\r\n\r\ndata: " + SECOND + "\r\n\r\n";
        String lf = "data: " + FIRST + "\n\ndata: " + SECOND + "\n\n";
        String array = "[" + FIRST + "\n,\r\n" + SECOND + "\n]";
        for (String body : new String[] {crlf, lf, array, SECOND}) {
            byte[] bytes = utf8(body);
            for (int cut = 0; cut <= bytes.length; cut++) {
                assertEquals(COUNTS, split(bytes, cut, ""), body);
            }
            byte[] zipped = gzip(bytes);
            for (int cut = 0; cut <= zipped.length; cut++) {
                assertEquals(COUNTS, split(zipped, cut, "gzip"), body);
            }
        }
    }

    @Test
    void wordsOfTheModelDoNotCount() {
        assertNothing("{\"text\":\"\\\"usageMetadata\\\":{\\\"totalTokenCount\\\":9}\"}");
        assertNothing("{\"functionCall\":{\"args\":{\"usageMetadata\":{\"totalTokenCount\":9}}}}");
        assertNothing("{\"a\":\"usageMetadata\",\"b\":{\"totalTokenCount\":9}}");
        assertNothing("{\"usageMetadata\":null}");
        assertNothing("[".repeat(100_000) + "{\"usageMetadata\":{\"totalTokenCount\":9}}");
    }

    @Test
    void anEventThatWasCutDoesNotHideTheNext() {
        String body = "data: {\"a\":{\"b\":\"cut\n\ndata: " + SECOND + "\n\n";
        assertEquals(COUNTS, read(Operation.STREAM_GENERATE, body));
    }

    @Test
    void anAbortKeepsTheLargestCompleteCounts() {
        UsageTap tap = UsageTap.of(Operation.STREAM_GENERATE, "");
        byte[] bytes = utf8("data: " + SECOND + "\n\ndata: " + FIRST + "\n\ndata: {\"usageMeta");
        tap.write(bytes, 0, bytes.length);
        assertEquals(COUNTS, tap.abort());
    }

    @Test
    void eachDialectIsReadInItsOwnWords() {
        assertEquals(
                Optional.of(new TokenUsage(9, 4, 5, 6, 0, 20)),
                read(
                        Operation.OPENAI_CHAT,
                        "data: {\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5,"
                                + "\"prompt_tokens_details\":{\"cached_tokens\":4},\"total_tokens\":20}}\n\n"));
        assertEquals(
                Optional.of(new TokenUsage(1, 0, 2, 3, 0, 6)),
                read(
                        Operation.INTERACTIONS,
                        "data: {\"interaction\":{\"id\":\"i\",\"usage\":{\"total_input_tokens\":1,"
                                + "\"total_output_tokens\":2,\"total_thought_tokens\":3,\"total_tokens\":6}}}"));
        assertEquals(
                Optional.of(new TokenUsage(8, 0, 0, 0, 0, 8)),
                read(
                        Operation.EMBED,
                        "{\"embeddings\":[{\"values\":[1]}],\"usageMetadata\":{\"promptTokenCount\":8}}"));
        assertEquals(
                Optional.empty(),
                read(Operation.CACHED_CONTENTS, "{\"usageMetadata\":{\"totalTokenCount\":1024}}"));
    }

    private static void assertNothing(String body) {
        assertEquals(Optional.empty(), read(Operation.GENERATE, body));
    }

    private static Optional<TokenUsage> read(Operation operation, String body) {
        UsageTap tap = UsageTap.of(operation, "");
        byte[] bytes = utf8(body);
        tap.write(bytes, 0, bytes.length);
        return tap.finish();
    }

    private static Optional<TokenUsage> split(byte[] bytes, int cut, String coding) {
        UsageTap tap = UsageTap.of(Operation.STREAM_GENERATE, coding);
        tap.write(bytes, 0, cut);
        tap.write(bytes, cut, bytes.length - cut);
        return tap.finish();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
