package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.keys.quota.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When keys that do not come back by themselves are asked whether they work. Thread-safe. */
final class Probes {
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration LONGEST = Duration.ofHours(6);

    /** A breaker that would let a request through waits so long for one. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private record Plan(long dueNanos, Duration pause) {}

    private final Map<KeyId, Plan> plans = new HashMap<>();

    /** The keys of a roster to ask now. */
    List<KeyId> due(Roster roster, Moment now) {
        List<KeyId> refused = new ArrayList<>();
        List<KeyId> due = new ArrayList<>();
        for (UpstreamKey key : roster.keys()) {
            KeyState state = KeyStates.of(key, now);
            if (state instanceof KeyState.Invalid) {
                refused.add(key.id());
            } else if (state instanceof KeyState.Unhealthy
                    && key.breaker().nobodyAskedFor(PATIENCE.toNanos(), now.nanos())) {
                due.add(key.id());
            }
        }
        due.addAll(due(refused, now.nanos()));
        return List.copyOf(due);
    }

    private synchronized List<KeyId> due(List<KeyId> refused, long now) {
        plans.keySet().retainAll(refused);
        List<KeyId> due = new ArrayList<>();
        for (KeyId key : refused) {
            Plan plan = plans.computeIfAbsent(key, _ -> new Plan(now + FIRST.toNanos(), FIRST));
            if (plan.dueNanos() - now <= 0) {
                due.add(key);
            }
        }
        return due;
    }

    /** A key was asked: next time later, up to six hours. */
    synchronized void asked(KeyId key, long now) {
        Plan old = plans.get(key);
        Duration pause = old == null ? FIRST : old.pause().multipliedBy(2);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        plans.put(key, new Plan(now + bounded.toNanos(), bounded));
    }
}
