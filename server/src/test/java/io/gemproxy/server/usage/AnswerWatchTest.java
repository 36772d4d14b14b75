package io.gemproxy.server.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.server.exchange.AnswerTrace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which model an answer names, and when its texts ended, whatever way its bytes are split. */
final class AnswerWatchTest {
    private static final String NATIVE =
            """
            {"candidates":[{"content":{"parts":[{"text":"\\"modelVersion\\":\\"lie\\""}]},"modelVersion":"lie"}],
             "note":"modelVersion","modelVersion" : "gemini-2.5-flash-lite-preview-09-2025"}
            """;

    /** Each look at the clock is a millisecond later. */
    private final AtomicLong nanos = new AtomicLong();

    private AnswerTrace read(UsageShape shape, String answer, int piece) {
        AnswerWatch watch = new AnswerWatch(() -> nanos.addAndGet(Duration.ofMillis(1).toNanos()));
        UsageScanner scanner = new UsageScanner(shape, watch);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += piece) {
            scanner.write(bytes, at, Math.min(piece, bytes.length - at));
        }
        return watch.trace();
    }

    private Optional<String> model(UsageShape shape, String answer) {
        return read(shape, answer, 1_000).model();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1_000})
    void aGeminiAnswerNamesItsVersionAtTheTop(int piece) {
        assertEquals(
                Optional.of("gemini-2.5-flash-lite-preview-09-2025"),
                read(UsageShape.NATIVE, NATIVE, piece).model());
        assertEquals(
                Optional.of("gemini-2.5-flash-lite-preview-09-2025"),
                read(UsageShape.NATIVE, "[" + NATIVE + "," + NATIVE + "]", piece).model());
        assertEquals(
                Optional.of("gemini-2.5-flash-lite-preview-09-2025"),
                read(UsageShape.NATIVE, "data: " + NATIVE.replace("\n", "") + "\n\n", piece)
                        .model());
    }

    @Test
    void theOpenAiCompatiblePathsNameAModel() {
        assertEquals(
                Optional.of("gemini-2.5-pro"),
                model(
                        UsageShape.OPENAI,
                        "data: {\"choices\":[{\"model\":\"lie\"}],\"model\":\"gemini-2.5-pro\"}\n\n"
                                + "data: [DONE]\n\n"));
    }

    @Test
    void anInteractionNamesItAtTheTopOrInItsEvents() {
        assertEquals(
                Optional.of("gemini-3"),
                model(UsageShape.INTERACTIONS, "{\"id\":\"i\",\"model\":\"gemini-3\"}"));
        assertEquals(
                Optional.of("gemini-3"),
                model(
                        UsageShape.INTERACTIONS,
                        "data: {\"interaction\":{\"model\":\"gemini-3\"}}\n\n"));
    }

    @Test
    void whatIsNoNameOfAModelIsNotNoted() {
        assertEquals(Optional.empty(), model(UsageShape.NATIVE, "{\"modelVersion\":null}"));
        assertEquals(Optional.empty(), model(UsageShape.NATIVE, "{\"modelVersion\":\"\"}"));
        assertEquals(
                Optional.empty(), model(UsageShape.NATIVE, "{\"modelVersion\":{\"a\":\"b\"}}"));
        assertEquals(
                Optional.empty(),
                model(UsageShape.NATIVE, "{\"modelVersion\":\"" + "m".repeat(65) + "\"}"));
        assertEquals(
                Optional.of("m".repeat(64)),
                model(UsageShape.NATIVE, "{\"modelVersion\":\"" + "m".repeat(64) + "\"}"));
    }

    @Test
    void theCountsAreReadAsWithoutIt() {
        AnswerWatch watch = new AnswerWatch(nanos::get);
        UsageScanner scanner = new UsageScanner(UsageShape.NATIVE, watch);
        byte[] bytes =
                ("{\"modelVersion\":\"m\",\"usageMetadata\":{\"promptTokenCount\":3,"
                                + "\"candidatesTokenCount\":4}}")
                        .getBytes(StandardCharsets.UTF_8);
        scanner.write(bytes, 0, bytes.length);
        assertEquals(3, scanner.last().orElseThrow().prompt());
        assertEquals(4, scanner.last().orElseThrow().candidates());
    }

    @Test
    void theTextsOfAStreamAreTimedFromEndToEnd() {
        Duration tick = Duration.ofMillis(1);
        assertEquals(List.of(), read(UsageShape.NATIVE, "{\"a\":{\"b\":[{}]}}", 1).betweenChunks());
        assertEquals(
                List.of(tick, tick),
                read(UsageShape.NATIVE, "[{\"a\":{}},\n{\"b\":[[]]}\n,{}]", 1).betweenChunks());
        assertEquals(
                List.of(tick),
                read(
                                UsageShape.OPENAI,
                                "data: {\"a\":{}}\n\ndata: {\"b\":2}\n\ndata: [DONE]\n\n",
                                1_000)
                        .betweenChunks());
    }

    @Test
    void ofAnEndlessStreamOnlySoManyTextsAreTimed() {
        assertEquals(
                AnswerWatch.MOST - 1,
                read(UsageShape.NATIVE, "data: {}\n\n".repeat(AnswerWatch.MOST + 9), 1_000)
                        .betweenChunks()
                        .size());
    }
}
