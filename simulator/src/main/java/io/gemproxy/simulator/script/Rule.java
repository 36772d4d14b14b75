package io.gemproxy.simulator.script;

import io.gemproxy.simulator.faults.Plan;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One line of a script: for which requests, how often, what. */
public final class Rule {
    private final String line;
    private final List<Predicate<Subject>> selectors;
    private final Times times;
    private final Consumer<Plan> effect;
    private final AtomicLong matched = new AtomicLong();
    private final AtomicLong fired = new AtomicLong();

    /** Skips the first matches, then acts on every n-th of the next ones. */
    record Times(long skip, long most, long every) {
        boolean fires(long match) {
            long past = match - skip;
            return past > 0 && past % every == 0 && past / every <= most;
        }
    }

    Rule(String line, List<Predicate<Subject>> selectors, Times times, Consumer<Plan> effect) {
        this.line = line;
        this.selectors = selectors;
        this.times = times;
        this.effect = effect;
    }

    /** The line as it was written. */
    public String line() {
        return line;
    }

    /** How many requests it acted on. */
    public long fired() {
        return fired.get();
    }

    void apply(Subject subject, Plan plan) {
        for (Predicate<Subject> selector : selectors) {
            if (!selector.test(subject)) {
                return;
            }
        }
        if (times.fires(matched.incrementAndGet())) {
            fired.incrementAndGet();
            effect.accept(plan);
        }
    }
}
