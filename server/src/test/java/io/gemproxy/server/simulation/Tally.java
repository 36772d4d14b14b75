package io.gemproxy.server.simulation;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.KeyId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is counted in a run. */
final class Tally {
    long requests;
    long succeeded;
    long atOnce;
    long refusedByPool;
    long answers;
    long tooMany;
    long tokens;
    long cached;
    long cachedByOne;
    final Map<KeyId, Long> served = new HashMap<>();

    /** Keys that served again, or no longer, unlike Google says, at a reset. */
    final List<String> wrongAtResets = new ArrayList<>();

    int resets;
    long hoursLost;

    void answered(AttemptOutcome outcome) {
        answers++;
        tooMany += outcome instanceof AttemptOutcome.QuotaExceeded ? 1 : 0;
    }

    double successRate() {
        return share(succeeded, requests);
    }

    double atOnceRate() {
        return share(atOnce, requests);
    }

    double tooManyShare() {
        return share(tooMany, answers);
    }

    double cachedShare() {
        return share(cached, tokens);
    }

    double cachedShareOfOne() {
        return share(cachedByOne, tokens);
    }

    /**
     * Jain's index of shares: 1.0 if all have the same, 1/n if one has all.
     *
     * @param shares each already divided by what it is entitled to
     */
    static double evenness(List<Double> shares) {
        double sum = 0;
        double squares = 0;
        for (double share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.size() * squares);
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
