package io.gemproxy.server.keys;

import java.util.List;

/**
 * Smooth weighted round robin: shares are exact over each cycle of the weights and turns are
 * spread, not bunched.
 *
 * <p>Upside: exact, cheap, stable under failover. Downside: it looks neither at load nor at
 * remaining quota.
 */
final class WeightedRoundRobin implements SelectionPolicy {
    @Override
    public UpstreamKey choose(List<UpstreamKey> eligible) {
        long total = 0;
        UpstreamKey best = eligible.getFirst();
        for (UpstreamKey key : eligible) {
            total += key.weight();
            key.balance(key.balance() + key.weight());
            if (key.balance() > best.balance()) {
                best = key;
            }
        }
        best.balance(best.balance() - total);
        return best;
    }
}
