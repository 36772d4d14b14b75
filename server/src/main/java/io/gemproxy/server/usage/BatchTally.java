package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.ServiceTier;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up the answers of a batch, each of which has a price of its own: a long one is dearer. */
final class BatchTally {
    private final Exchange exchange;
    private final Pricing pricing;
    private TokenUsage sum = TokenUsage.NOTHING;
    private long answers;
    private long picodollars;
    private boolean unpriced;
    private @Nullable ModelName model;

    BatchTally(Exchange exchange, Pricing pricing) {
        this.exchange = exchange;
        this.pricing = pricing;
    }

    void add(TokenUsage usage, Optional<ModelName> answeredBy) {
        TokenUsage batched = usage.with(usage.detail().with(Optional.of(ServiceTier.BATCH)));
        Exchange asked = answeredBy.map(exchange::withModel).orElse(exchange);
        Cost cost = pricing.cost(asked, batched);
        sum = answers == 0 ? batched : sum.plus(batched);
        picodollars += cost.picodollars();
        unpriced |= cost.unpriced();
        model = model == null ? answeredBy.orElse(null) : model;
        answers++;
    }

    Optional<TokenUsage> usage() {
        return answers == 0 ? Optional.empty() : Optional.of(sum);
    }

    Optional<Cost> cost() {
        return answers == 0
                ? Optional.empty()
                : Optional.of(
                        new Cost(
                                picodollars,
                                unpriced,
                                pricing.cost(exchange, TokenUsage.NOTHING).priceVersion()));
    }

    Optional<ModelName> model() {
        return Optional.ofNullable(model);
    }
}
