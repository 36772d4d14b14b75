package io.gemproxy.server.keys;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Keys that are in the pool no more and still serve what they were lent for. Thread-safe. */
final class Leavers {
    private final List<KeyMemory> memories = new ArrayList<>();

    /** These leave now; whoever of those before has served to its end is forgotten. */
    synchronized void add(Collection<KeyMemory> leaving) {
        memories.removeIf(it -> it.inFlight().get() <= 0);
        memories.addAll(leaving);
    }

    /** What came of a lease of one of them; after a success it runs on. */
    void settled(KeyLease lease, AttemptOutcome outcome) {
        if (!(outcome instanceof AttemptOutcome.Succeeded)) {
            ended(lease);
        }
    }

    /** A lease of one of them is over. */
    @SuppressWarnings("ReferenceEquality")
    synchronized void ended(KeyLease lease) {
        for (KeyMemory memory : memories) {
            if (memory.secret() == lease.secret()) {
                memory.inFlight().decrementAndGet();
            }
        }
    }

    synchronized List<Secret> secrets() {
        return memories.stream().map(KeyMemory::secret).toList();
    }
}
