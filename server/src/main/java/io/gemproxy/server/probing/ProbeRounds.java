package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Asks about the keys that are due, one after the other, a few in a round, in no order. Generates
 * nothing, so takes nothing of the daily quota. Used by one thread.
 */
public final class ProbeRounds {
    /** A round asks about so many keys; the others are still due in the next one. */
    static final int MOST_IN_A_ROUND = 4;

    private final ProbedKeys keys;
    private final Ladder ladder;
    private final RandomGenerator random;

    public ProbeRounds(ProbedKeys keys, Ladder ladder, RandomGenerator random) {
        this.keys = keys;
        this.ladder = ladder;
        this.random = random;
    }

    /** One round. */
    void run() {
        List<KeyId> due = new ArrayList<>(keys.due());
        Collections.shuffle(due, random);
        for (KeyId key : due.subList(0, Math.min(MOST_IN_A_ROUND, due.size()))) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            probe(key);
        }
    }

    private void probe(KeyId key) {
        List<ProbeStep> steps = ladder.climb(key, keys.usualModel(key), Rung.COUNT_TOKENS);
        AttemptOutcome verdict = Ladder.verdict(steps);
        keys.probed(key, verdict);
    }
}
