package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Estimate;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.gemini.BatchOrder;
import io.gemproxy.server.gemini.FileContent;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.usage.Pricing;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What batches may cost whose requests stand in a file, by what is known of that. */
final class FileBatches {
    private final Pricing pricing;
    private final NamedFiles files;

    FileBatches(Pricing pricing, NamedFiles files) {
        this.pricing = pricing;
        this.files = files;
    }

    /** Whether the request makes a batch. */
    static boolean isMade(Exchange exchange) {
        return exchange.target().operation() == Operation.BATCH_CREATE || isOpenAi(exchange);
    }

    /** Whether the request makes a batch of the OpenAI-compatible API, always of a file. */
    static boolean isOpenAi(Exchange exchange) {
        return exchange.target().operation() == Operation.OPENAI_BATCHES
                && exchange.method().equals("POST")
                && exchange.target().resource().isEmpty();
    }

    /** All requests in the files that it names; nothing for a file of which nothing is known. */
    Estimate estimate(Incoming incoming) {
        return files.all(incoming).values().stream()
                .flatMap(Optional::stream)
                .map(content ->
                        isOpenAi(incoming.exchange())
                                ? dearest(incoming.exchange(), content)
                                : batch(incoming.exchange(), content))
                .reduce(Estimate.NOTHING, Estimate::plus);
    }

    /** Whether it names a file of which nothing is known, so that nothing was reserved for it. */
    boolean isUnforeseen(Incoming incoming) {
        return files.in(incoming).values().stream().anyMatch(Optional::isEmpty);
    }

    private Estimate batch(Exchange exchange, FileContent content) {
        return pricing.batch(exchange, content.textTokens(), content.asked());
    }

    /**
     * At the price of the dearest model that its lines name. Without any nobody knows the price
     * before the results.
     */
    private Estimate dearest(Exchange exchange, FileContent content) {
        List<ModelName> models = content.order().map(BatchOrder::models).orElse(List.of());
        Estimate unnamed = batch(exchange, content);
        return models.stream()
                .map(model -> batch(exchange.withModel(model), content))
                .max(
                        Comparator.comparing(Estimate::priced, Comparator.reverseOrder())
                                .thenComparingLong(Estimate::picodollars))
                .orElse(new Estimate(unnamed.inputTokens(), unnamed.outputTokens(), 0, 0, true));
    }
}
