package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.BatchBound;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** What requests cost, before and after. */
public interface Pricing {
    /** What the counted tokens of an answer cost on the day the exchange began. */
    Cost cost(Exchange exchange, TokenUsage usage);

    /** Something was used, and nobody says how much. */
    Cost unknown();

    /**
     * What an explicit cache costs for as long as it is kept, by the price of the day it was asked
     * for.
     */
    Cost storage(Optional<ModelName> model, Instant at, long tokens, Duration kept);

    /** What embedding so many tokens for file search costs. */
    Cost indexing(long tokens);

    /**
     * What a request may cost; Google may serve it in the standard tier instead of the one that it
     * asks for, so the dearer of both.
     *
     * @param inputTokens an estimate from the size of its body
     * @param outputTokens what the request itself names as its most; empty: a usual answer's
     * @param tier which the request asks for
     */
    Estimate estimate(
            Exchange exchange, long inputTokens, OptionalLong outputTokens, ServiceTier tier);

    /**
     * What all requests of a batch may cost; Google serves them in the batch tier only, and each
     * has the price of its own length.
     *
     * @param inputTokens of all of them, an estimate from the size of the body
     * @param asked what they ask for
     */
    Estimate batch(Exchange exchange, long inputTokens, BatchBound asked);
}
