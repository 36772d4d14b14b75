package io.gemproxy.simulator.script;

import io.gemproxy.simulator.faults.Plan;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The rules in force, in the order they were given. */
public final class Script {
    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    public void add(Collection<Rule> more) {
        rules.addAll(more);
    }

    public void remove(Collection<Rule> some) {
        rules.removeAll(some);
    }

    public void clear() {
        rules.clear();
    }

    public List<Rule> rules() {
        return List.copyOf(rules);
    }

    /** What the rules say about a request; null when there are none. */
    public @Nullable Plan plan(Subject subject) {
        if (rules.isEmpty()) {
            return null;
        }
        Plan plan = new Plan();
        for (Rule rule : rules) {
            rule.apply(subject, plan);
        }
        return plan;
    }
}
