package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.TokenUsage;
import java.util.Map;
import java.util.Optional;

/** Reads one answer as it passes; never throws for what it says. */
interface AnswerReader {
    void write(byte[] bytes, int offset, int length);

    /** What a whole answer used. */
    Optional<TokenUsage> last();

    /** What an answer that broke off used at least. */
    Optional<TokenUsage> largest();

    /** The cost, if its parts were priced one by one. */
    default Optional<Cost> cost() {
        return Optional.empty();
    }

    /** What it is about, if it says so under a name and may say the same again. */
    default Optional<String> subject() {
        return Optional.empty();
    }

    /** Whether it says that a batch is over and was not carried out to its end. */
    default boolean givenUp() {
        return false;
    }

    /**
     * The files that hold the results of batches, by the batch, as far as the answer names them.
     */
    default Map<String, String> results() {
        return Map.of();
    }

    /** The model, if the answer names one. */
    default Optional<ModelName> model() {
        return Optional.empty();
    }
}
