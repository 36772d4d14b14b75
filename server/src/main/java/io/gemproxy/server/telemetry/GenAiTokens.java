package io.gemproxy.server.telemetry;

import io.gemproxy.server.gemini.ModalityTokens;
import io.gemproxy.server.gemini.TokenUsage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Tokens as the conventions count them: histograms for the size of one call, counters by modality
 * for what all of them used. Tool results are input, thoughts are output.
 */
final class GenAiTokens {
    private static final List<Long> BUCKETS =
            LongStream.iterate(1, it -> it <= 67_108_864, it -> it * 4).boxed().toList();

    private final LongHistogram usage;
    private final LongHistogram inputOfCall;
    private final LongHistogram outputOfCall;
    private final LongCounter input;
    private final LongCounter output;
    private final LongCounter cached;
    private final LongCounter reasoning;

    GenAiTokens(Meter meter) {
        usage = histogram(meter, "gen_ai.client.token.usage");
        inputOfCall = histogram(meter, "gen_ai.client.inference.operation.input_tokens");
        outputOfCall = histogram(meter, "gen_ai.client.inference.operation.output_tokens");
        input = counter(meter, "gen_ai.client.inference.usage.input_tokens");
        output = counter(meter, "gen_ai.client.inference.usage.output_tokens");
        cached = counter(meter, "gen_ai.client.inference.usage.cache_read.input_tokens");
        reasoning = counter(meter, "gen_ai.client.inference.usage.reasoning.output_tokens");
    }

    /** Counts what one call used. */
    void used(TokenUsage used, Attributes asked) {
        long in = used.prompt() + used.toolUse();
        long out = used.candidates() + used.thoughts();
        usage.record(in, asked.toBuilder().put(GenAi.TOKEN_TYPE, "input").build());
        usage.record(out, asked.toBuilder().put(GenAi.TOKEN_TYPE, "output").build());
        inputOfCall.record(in, asked);
        outputOfCall.record(out, asked);
        count(input, in, used.detail().prompt().plus(used.detail().toolUse()), asked);
        count(output, out, used.detail().candidates(), asked);
        count(cached, used.cached(), used.detail().cached(), asked);
        count(reasoning, used.thoughts(), ModalityTokens.UNSTATED, asked);
    }

    /**
     * What is of a modality the conventions have no word for, or was not told apart, is unknown.
     */
    private static void count(
            LongCounter counter, long all, ModalityTokens stated, Attributes asked) {
        long told = stated.text() + stated.image() + stated.audio();
        if (told > all) {
            add(counter, all, "unknown", asked);
            return;
        }
        add(counter, stated.text(), "text", asked);
        add(counter, stated.image(), "image", asked);
        add(counter, stated.audio(), "audio", asked);
        add(counter, all - told, "unknown", asked);
    }

    private static void add(LongCounter counter, long tokens, String modality, Attributes asked) {
        if (tokens > 0) {
            counter.add(tokens, asked.toBuilder().put(GenAi.MODALITY, modality).build());
        }
    }

    private static LongHistogram histogram(Meter meter, String name) {
        return meter.histogramBuilder(name)
                .ofLongs()
                .setUnit("{token}")
                .setExplicitBucketBoundariesAdvice(BUCKETS)
                .build();
    }

    private static LongCounter counter(Meter meter, String name) {
        return meter.counterBuilder(name).setUnit("{token}").build();
    }
}
