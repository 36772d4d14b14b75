package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.OptionalLong;

/** Counts tokens and knows no price: every model is unpriced. */
public final class TokensOnly implements Pricing {
    private static final long USUAL_OUTPUT = 2_048;

    @Override
    public Cost cost(Exchange exchange, TokenUsage usage) {
        return new Cost(0, true, "none");
    }

    @Override
    public Estimate estimate(Exchange exchange, long inputTokens, OptionalLong outputTokens) {
        return switch (exchange.target().operation()) {
            case GENERATE, STREAM_GENERATE, INTERACTIONS, OPENAI_CHAT ->
                    new Estimate(inputTokens, outputTokens.orElse(USUAL_OUTPUT), 0);
            case EMBED, OPENAI_EMBEDDINGS -> new Estimate(inputTokens, 0, 0);
            default -> Estimate.NOTHING;
        };
    }
}
