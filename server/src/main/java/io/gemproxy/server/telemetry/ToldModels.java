package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.ModelLabels;
import java.util.Optional;

/**
 * The models a collector is told of. A series lives as long as the process and a collector makes an
 * index of each span, so what strangers invent must make neither.
 */
final class ToldModels {
    /** As the conventions write what is not told apart. */
    static final String OTHER = "_OTHER";

    private static final int MOST = 100;

    private final ModelLabels known = new ModelLabels(MOST);
    private final ModelLabels answering = new ModelLabels(MOST);

    /** The model of a request; {@link #OTHER} for one that Google has not shown to know. */
    Optional<String> of(FinishedExchange exchange) {
        String label = known.of(exchange);
        return switch (label) {
            case ModelLabels.NONE -> Optional.empty();
            case ModelLabels.OTHER -> Optional.of(OTHER);
            default -> Optional.of(label);
        };
    }

    /** The model that an answer names. */
    Optional<String> answering(FinishedExchange exchange) {
        return answering
                .ofAnswer(exchange)
                .map(label -> label.equals(ModelLabels.OTHER) ? OTHER : label);
    }
}
