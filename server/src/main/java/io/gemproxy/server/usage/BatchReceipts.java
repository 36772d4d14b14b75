package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which results of batches were counted, so that asking for them again costs nothing.
 * Safe for use by many threads.
 */
public final class BatchReceipts {
    private static final int MOST = 10_000;

    private final Map<String, Receipt> counted = new LinkedHashMap<>();

    /**
     * What is new of a batch's results.
     *
     * @param name of the batch, or of the file with its results
     * @return empty if all of it was counted before
     */
    public synchronized Optional<Receipt> fresh(String name, TokenUsage usage, Cost cost) {
        Receipt before = counted.remove(name);
        Receipt now = new Receipt(usage, cost);
        counted.put(name, before != null && before.covers(now) ? before : now);
        while (counted.size() > MOST) {
            counted.remove(counted.keySet().iterator().next());
        }
        if (before == null) {
            return Optional.of(now);
        }
        return before.covers(now) ? Optional.empty() : Optional.of(now.less(before));
    }

    /** What was counted of a batch. */
    public record Receipt(TokenUsage usage, Cost cost) {
        /** Results only ever become more, so one number tells. */
        private boolean covers(Receipt other) {
            return usage.sum() >= other.usage.sum();
        }

        private Receipt less(Receipt before) {
            TokenUsage old = before.usage;
            return new Receipt(
                    new TokenUsage(
                            Math.max(0, usage.prompt() - old.prompt()),
                            Math.max(0, usage.cached() - old.cached()),
                            Math.max(0, usage.candidates() - old.candidates()),
                            Math.max(0, usage.thoughts() - old.thoughts()),
                            Math.max(0, usage.toolUse() - old.toolUse()),
                            Math.max(0, usage.total() - old.total()),
                            UsageDetail.NONE
                                    .with(usage.detail().tier())
                                    .with(usage.detail().counting())),
                    new Cost(
                            Math.max(0, cost.picodollars() - before.cost.picodollars()),
                            cost.unpriced(),
                            cost.priceVersion()));
        }
    }
}
