package io.gemproxy.server.metrics;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.TokenUsage;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import java.util.concurrent.atomic.LongAdder;

/** Counts the tokens of one model by what they were for. */
final class TokenCounters {
    private static final double PICODOLLARS = 1e12;

    private final Counter prompt;
    private final Counter cached;
    private final Counter candidates;
    private final Counter thoughts;
    private final Counter toolUse;
    private final Counter unpriced;
    private final LongAdder picodollars = new LongAdder();

    TokenCounters(Meters meters, String model) {
        prompt = counter(meters, model, "prompt");
        cached = counter(meters, model, "cached");
        candidates = counter(meters, model, "candidates");
        thoughts = counter(meters, model, "thoughts");
        toolUse = counter(meters, model, "tool_use");
        unpriced =
                meters.counter(
                        "gemini_proxy_unpriced_requests_total",
                        "Requests whose cost is not, or not wholly, known by the price list",
                        Tag.create("model", model));
        meters.gauge(
                "gemini_proxy_cost_usd_total",
                "US dollars since the start, by the price list",
                () -> picodollars.sum() / PICODOLLARS,
                Tag.create("model", model));
    }

    void add(TokenUsage usage) {
        add(prompt, usage.prompt());
        add(cached, usage.cached());
        add(candidates, usage.candidates());
        add(thoughts, usage.thoughts());
        add(toolUse, usage.toolUse());
    }

    void add(Cost cost) {
        picodollars.add(cost.picodollars());
        if (cost.unpriced()) {
            unpriced.increment();
        }
    }

    private static void add(Counter counter, long tokens) {
        if (tokens > 0) {
            counter.increment(tokens);
        }
    }

    private static Counter counter(Meters meters, String model, String type) {
        return meters.counter(
                "gemini_proxy_tokens_total",
                "Tokens as Google counts them; cached ones are prompt tokens too",
                Tag.create("model", model),
                Tag.create("type", type));
    }
}
