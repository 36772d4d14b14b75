package io.gemproxy.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AnswerTrace;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a call is counted and measured as. */
final class GenAiMetricsTest {
    private static final String USAGE = "gen_ai.client.inference.usage.";
    private static final String CALL = "gen_ai.client.inference.operation.";
    private static final String FIRST_CHUNK = "gen_ai.client.operation.time_to_first_chunk";
    private static final String PER_CHUNK = "gen_ai.client.operation.time_per_output_chunk";
    private static final String PER_TOKEN = "gen_ai.server.time_per_output_token";
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration ALL = Duration.ofMillis(2_500);

    /** 100 prompt with 40 cached, 21 said, 9 thought, 7 of tools. */
    private static final TokenUsage USED =
            new TokenUsage(
                    100,
                    40,
                    21,
                    9,
                    7,
                    137,
                    new UsageDetail(
                            new ModalityTokens(50, 20, 10, 12, 8),
                            new ModalityTokens(30, 0, 0, 10, 0),
                            new ModalityTokens(1, 20, 0, 0, 0),
                            new ModalityTokens(5, 0, 0, 0, 0),
                            UsageDetail.NONE.tier(),
                            0,
                            0,
                            UsageDetail.NONE.media(),
                            UsageDetail.NONE.counting()));

    private final ReadMetrics read = new ReadMetrics();

    @Test
    void tokensAreCountedByModality() {
        finished(Told.stream(USED, FIRST, ALL));
        assertEquals(
                Map.of("text", 55L, "image", 20L, "audio", 10L, "unknown", 22L),
                read.byModality(USAGE + "input_tokens"));
        assertEquals(
                Map.of("text", 1L, "image", 20L, "unknown", 9L),
                read.byModality(USAGE + "output_tokens"));
        assertEquals(
                Map.of("text", 30L, "unknown", 10L),
                read.byModality(USAGE + "cache_read.input_tokens"));
        assertEquals(Map.of("unknown", 9L), read.byModality(USAGE + "reasoning.output_tokens"));
    }

    @Test
    void countsOfWhichNothingMoreIsKnownAreUnknown() {
        TokenUsage plain = new TokenUsage(10, 0, 5, 0, 0, 15);
        finished(Told.stream(plain, FIRST, ALL));
        finished(Told.stream(plain, FIRST, ALL));
        assertEquals(Map.of("unknown", 20L), read.byModality(USAGE + "input_tokens"));
        assertEquals(Map.of("unknown", 10L), read.byModality(USAGE + "output_tokens"));
        assertEquals(Map.of(), read.byModality(USAGE + "cache_read.input_tokens"));
        assertEquals(Map.of(), read.byModality(USAGE + "reasoning.output_tokens"));
        assertEquals(Map.of(), read.byModality(USAGE + "cache_write.input_tokens"));
    }

    @Test
    void aModalityThatIsMoreThanTheWholeIsNotBelieved() {
        TokenUsage odd = new TokenUsage(3, 0, 0, 0, 0, 3).with(USED.detail());
        finished(Told.stream(odd, FIRST, ALL));
        assertEquals(Map.of("unknown", 3L), read.byModality(USAGE + "input_tokens"));
    }

    @Test
    void aCallIsOneEntryInEachHistogramOfItsSize() {
        finished(Told.stream(USED, FIRST, ALL));
        assertEquals(List.of(107.0), read.sums(CALL + "input_tokens"));
        assertEquals(List.of(30.0), read.sums(CALL + "output_tokens"));
        assertEquals(14, read.buckets(CALL + "input_tokens").size());
        assertEquals(67_108_864.0, read.buckets(CALL + "output_tokens").getLast());
    }

    @Test
    void theFirstChunkIsTimedFromTheKeyThatAnswers() {
        finished(Told.stream(USED, FIRST, ALL));
        assertEquals(List.of(0.4), read.sums(FIRST_CHUNK));
        assertEquals(14, read.buckets(FIRST_CHUNK).size());
    }

    @Test
    void tokensOfAStreamWithoutThoughtsHaveAPace() {
        finished(Told.stream(new TokenUsage(10, 0, 21, 0, 0, 31), FIRST, ALL));
        assertEquals(List.of(0.1), read.sums(PER_TOKEN));
        assertEquals(
                List.of(.01, .025, .05, .075, .1, .15, .2, .3, .4, .5, .75, 1.0, 2.5),
                read.buckets(PER_TOKEN));
    }

    @Test
    void withThoughtsOrOneTokenThereIsNoPace() {
        finished(Told.stream(USED, FIRST, ALL));
        finished(Told.stream(new TokenUsage(10, 0, 1, 0, 0, 11), FIRST, ALL));
        assertEquals(List.of(), read.sums(PER_TOKEN));
    }

    @Test
    void whatIsNoStreamHasNeither() {
        FinishedExchange whole =
                Told.whole(Operation.GENERATE, new TokenUsage(10, 0, 21, 0, 0, 31), FIRST, ALL);
        finished(whole);
        assertEquals(List.of(), read.sums(FIRST_CHUNK));
        assertEquals(List.of(), read.sums(PER_TOKEN));
        assertEquals(List.of(2.5), read.sums("gen_ai.server.request.duration"));
    }

    @Test
    void eachChunkOfAStreamAfterTheFirstIsTimed() {
        AnswerTrace noted =
                new AnswerTrace(
                        Optional.empty(),
                        List.of(Duration.ofMillis(200), Duration.ofMillis(50), Duration.ZERO));
        finished(Told.stream(USED, FIRST, ALL).with(noted));
        assertEquals(List.of(0.25), read.sums(PER_CHUNK));
        assertEquals(List.of(3L), read.counts(PER_CHUNK));
        assertEquals(14, read.buckets(PER_CHUNK).size());
        finished(Told.whole(Operation.GENERATE, USED, FIRST, ALL).with(noted));
        assertEquals(List.of(3L), read.counts(PER_CHUNK));
    }

    @Test
    void theModelThatAnsweredIsToldBesideTheOneThatWasAsked() {
        finished(answeredBy("m-001"));
        for (String metric :
                List.of(
                        "gen_ai.server.request.duration",
                        "gen_ai.client.operation.duration",
                        CALL + "input_tokens")) {
            assertEquals(Set.of("m-001"), read.values(metric, "gen_ai.response.model"));
            assertEquals(Set.of("m"), read.values(metric, "gen_ai.request.model"));
        }
    }

    @Test
    void onlySoManyModelsThatAnswerAreToldApart() {
        for (int i = 0; i < 150; i++) {
            finished(answeredBy("m-" + i));
        }
        finished(answeredBy("not a name"));
        Set<String> told = read.values("gen_ai.server.request.duration", "gen_ai.response.model");
        assertEquals(101, told.size());
        assertTrue(told.contains("_OTHER"));
        assertTrue(told.contains("m-99"));
    }

    private static FinishedExchange answeredBy(String model) {
        return Told.stream(USED, FIRST, ALL).with(new AnswerTrace(Optional.of(model), List.of()));
    }

    @Test
    void operationsWithoutAWordAreNotCounted() {
        finished(Told.whole(Operation.COUNT_TOKENS, USED, FIRST, ALL));
        assertEquals(Map.of(), read.byModality(USAGE + "input_tokens"));
        assertEquals(List.of(), read.sums(CALL + "input_tokens"));
    }

    private void finished(FinishedExchange exchange) {
        read.metrics.finished(exchange);
    }
}
