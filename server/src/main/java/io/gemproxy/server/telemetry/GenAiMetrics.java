package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.FinishedExchange;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Durations and tokens of generating calls, with the buckets that the conventions advise. */
final class GenAiMetrics {
    static final List<Double> SECONDS = Stream.iterate(0.01, it -> it < 100, it -> it * 2).toList();

    /** The last three are ours: the first token of a thinking model takes longer than 10 s. */
    private static final List<Double> TO_FIRST_TOKEN =
            List.of(
                    .001, .005, .01, .02, .04, .06, .08, .1, .25, .5, .75, 1.0, 2.5, 5.0, 7.5, 10.0,
                    20.0, 40.0, 80.0);

    private final ToldModels models;
    private final URI upstream;
    private final DoubleHistogram duration;
    private final DoubleHistogram firstToken;
    private final DoubleHistogram attempts;
    private final GenAiPace pace;
    private final GenAiTokens tokens;

    GenAiMetrics(Meter meter, ToldModels models, URI upstream) {
        this.models = models;
        this.upstream = upstream;
        duration = seconds(meter, "gen_ai.server.request.duration", SECONDS);
        attempts = seconds(meter, "gen_ai.client.operation.duration", SECONDS);
        firstToken = seconds(meter, "gen_ai.server.time_to_first_token", TO_FIRST_TOKEN);
        pace = new GenAiPace(meter);
        tokens = new GenAiTokens(meter);
    }

    void finished(FinishedExchange exchange) {
        if (GenAi.word(exchange.exchange().target().operation()).isEmpty()) {
            return;
        }
        Attributes asked = GenAi.asked(exchange, models.of(exchange), upstream);
        Attributes answered =
                models.answering(exchange)
                        .map(model -> asked.toBuilder().put(GenAi.ANSWERED_BY, model).build())
                        .orElse(asked);
        Attributes ended =
                GenAi.error(exchange)
                        .map(error -> answered.toBuilder().put(GenAi.ERROR, error).build())
                        .orElse(answered);
        duration.record(seconds(exchange.duration()), ended);
        exchange.timeToFirstByte().ifPresent(it -> firstToken.record(seconds(it), answered));
        exchange.tokens().ifPresent(it -> tokens.used(it, answered));
        List<TimedAttempt> timed = TimedAttempt.of(exchange);
        timed.forEach(it -> attempts.record(seconds(it.took()), of(it, asked, answered)));
        pace.finished(exchange, timed, answered);
    }

    private static Attributes of(TimedAttempt attempt, Attributes asked, Attributes answered) {
        return attempt.succeeded()
                ? answered
                : asked.toBuilder().put(GenAi.ERROR, attempt.attempt().outcome().label()).build();
    }

    static DoubleHistogram seconds(Meter meter, String name, List<Double> buckets) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(buckets)
                .build();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
