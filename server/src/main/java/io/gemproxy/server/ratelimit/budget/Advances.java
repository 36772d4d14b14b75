package io.gemproxy.server.ratelimit.budget;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What was charged for batches whose results nobody has read yet, the newest 10,000 of them. */
final class Advances {
    private static final int MOST = 10_000;

    private final Map<String, Advance> byBatch = new LinkedHashMap<>();

    synchronized void put(String batch, Advance advance) {
        byBatch.remove(batch);
        byBatch.put(batch, advance);
        while (byBatch.size() > MOST) {
            byBatch.remove(byBatch.keySet().iterator().next());
        }
    }

    /** Gives it to one caller only. */
    synchronized Optional<Advance> take(String batch) {
        return Optional.ofNullable(byBatch.remove(batch));
    }

    /** What was charged for a batch goes by another name; empty if nothing was. */
    synchronized Optional<Advance> rename(String batch, String other) {
        Optional<Advance> advance = take(batch);
        advance.ifPresent(it -> put(other, it));
        return advance;
    }

    synchronized Stream<BudgetChange> snapshot() {
        List<BudgetChange> all = new ArrayList<>();
        byBatch.forEach((batch, advance) -> all.add(new BudgetChange.Advanced(batch, advance)));
        return all.stream();
    }
}
