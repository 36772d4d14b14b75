package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Remembers which results of batches, and which storage of caches, were counted, so that asking for
 * them again costs nothing. Safe for use by many threads.
 */
public final class BatchReceipts {
    private static final int MOST = 10_000;

    private final Map<String, Receipt> counted = new LinkedHashMap<>();
    private final Consumer<Counted> changes;

    /**
     * @param changes takes what must be on disk; must not block
     */
    public BatchReceipts(Consumer<Counted> changes) {
        this.changes = changes;
    }

    /**
     * What is new of a batch's results, or of a cache's time.
     *
     * @param name of the batch, of the file with its results, or of the cache
     * @return empty if all of it was counted before
     */
    public synchronized Optional<Receipt> fresh(String name, TokenUsage usage, Cost cost) {
        Receipt before = counted.remove(name);
        Receipt now = new Receipt(usage, cost);
        if (before != null && before.covers(now)) {
            boolean completes = before.isPart() && !now.isPart();
            counted.put(name, completes ? before.whole() : before);
            if (completes) {
                changes.accept(new Counted(name, before.whole()));
            }
            return Optional.empty();
        }
        keep(name, now);
        changes.accept(new Counted(name, now));
        return Optional.of(before == null ? now : now.less(before));
    }

    /** Whether all of it was counted. */
    public synchronized boolean knows(String name) {
        Receipt receipt = counted.get(name);
        return receipt != null && !receipt.isPart();
    }

    private void keep(String name, Receipt receipt) {
        counted.remove(name);
        counted.put(name, receipt);
        while (counted.size() > MOST) {
            counted.remove(counted.keySet().iterator().next());
        }
    }

    /** All that is remembered, the longest unread first. */
    public synchronized Stream<Counted> snapshot() {
        List<Counted> all = new ArrayList<>();
        counted.forEach((name, receipt) -> all.add(new Counted(name, receipt)));
        return all.stream();
    }

    /** Takes back what an earlier process remembered, in order. */
    public synchronized void restore(Stream<Counted> earlier) {
        earlier.forEach(it -> keep(it.name(), it.receipt()));
    }

    /** A batch, or the file with its results, and what was counted of it. */
    public record Counted(String name, Receipt receipt) {}

    /** What was counted of a batch. */
    public record Receipt(TokenUsage usage, Cost cost) {
        /** Whether there was more than was read of it. */
        public boolean isPart() {
            return usage.detail().counting() == Counting.LOWER_BOUND;
        }

        private Receipt whole() {
            return new Receipt(usage.with(usage.detail().with(Counting.STATED)), cost);
        }

        /** Results only ever become more, so one number tells; of a cache it is the cost. */
        private boolean covers(Receipt other) {
            return usage.sum() == 0
                    ? other.usage.sum() == 0 && cost.picodollars() >= other.cost.picodollars()
                    : usage.sum() >= other.usage.sum();
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
