package io.gemproxy.server.keys.selection;

/**
 * The key with the fewest running requests for its weight, of those looked at.
 *
 * <p>Upside: slow keys and long streams get less. Downside: a key that fails fast looks idle (its
 * rest, its breaker and its health hold against that), and shares are not exact.
 */
public final class LeastLoaded extends ComparingPolicy {
    @Override
    <C extends Candidate> double burden(C candidate, Judge<C> judge) {
        return (candidate.inFlight() + 1.0) / (candidate.weight() * judge.share(candidate));
    }

    @Override
    <C extends Candidate> double tieBreak(C candidate, Judge<C> judge) {
        return 0;
    }

    @Override
    public boolean refusesEarly() {
        return false;
    }
}
