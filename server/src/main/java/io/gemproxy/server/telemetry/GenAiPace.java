package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.TokenUsage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How fast the answers of streams come, of those where that can be told. */
final class GenAiPace {
    private static final List<Double> PER_TOKEN =
            List.of(.01, .025, .05, .075, .1, .15, .2, .3, .4, .5, .75, 1.0, 2.5);

    private final DoubleHistogram firstChunk;
    private final DoubleHistogram perChunk;
    private final DoubleHistogram perToken;

    GenAiPace(Meter meter) {
        firstChunk =
                GenAiMetrics.seconds(
                        meter, "gen_ai.client.operation.time_to_first_chunk", GenAiMetrics.SECONDS);
        perChunk =
                GenAiMetrics.seconds(
                        meter,
                        "gen_ai.client.operation.time_per_output_chunk",
                        GenAiMetrics.SECONDS);
        perToken = GenAiMetrics.seconds(meter, "gen_ai.server.time_per_output_token", PER_TOKEN);
    }

    /** Measures a stream; anything else has no chunks. */
    void finished(FinishedExchange exchange, List<TimedAttempt> attempts, Attributes asked) {
        if (!exchange.stream()) {
            return;
        }
        toFirstChunk(exchange, attempts)
                .ifPresent(it -> firstChunk.record(GenAiMetrics.seconds(it), asked));
        exchange.answer()
                .betweenChunks()
                .forEach(it -> perChunk.record(GenAiMetrics.seconds(it), asked));
        if (exchange.result() == Result.SUCCESS) {
            perToken(exchange).ifPresent(it -> perToken.record(it, asked));
        }
    }

    /** From the key that was lent for the attempt that answers. */
    private static Optional<Duration> toFirstChunk(
            FinishedExchange exchange, List<TimedAttempt> attempts) {
        if (attempts.isEmpty() || !attempts.getLast().succeeded()) {
            return Optional.empty();
        }
        return exchange.timeToFirstByte()
                .map(it -> it.minus(attempts.getLast().begin()))
                .filter(it -> !it.isNegative());
    }

    /** Empty with thoughts: nobody says how many of them came before the first byte. */
    private static Optional<Double> perToken(FinishedExchange exchange) {
        long tokens =
                exchange.tokens()
                        .filter(used -> used.thoughts() == 0)
                        .map(TokenUsage::candidates)
                        .orElse(0L);
        return tokens < 2
                ? Optional.empty()
                : exchange.timeToFirstByte()
                        .map(it -> GenAiMetrics.seconds(exchange.duration().minus(it)))
                        .map(it -> it / (tokens - 1));
    }
}
