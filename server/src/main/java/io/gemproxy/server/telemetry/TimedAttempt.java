package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Attempt;
import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.LendingTrace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An attempt with its place in the exchange: it begins with the key it was lent, and the one that
 * answers lasts until the answer's end.
 *
 * @param number from 0
 * @param begin since the beginning of the exchange
 * @param end likewise
 */
record TimedAttempt(Attempt attempt, int number, Duration begin, Duration end) {
    static List<TimedAttempt> of(FinishedExchange finished) {
        List<Duration> lent =
                finished.lendings().stream()
                        .filter(lending -> lending.lent().isPresent())
                        .map(LendingTrace::after)
                        .toList();
        List<Attempt> attempts = finished.attempts();
        List<TimedAttempt> all = new ArrayList<>(attempts.size());
        for (int i = 0; i < attempts.size() && i < lent.size(); i++) {
            Attempt attempt = attempts.get(i);
            Duration end =
                    attempt.outcome() instanceof AttemptOutcome.Succeeded
                            ? finished.duration()
                            : lent.get(i).plus(attempt.took());
            all.add(new TimedAttempt(attempt, i, lent.get(i), end));
        }
        return all;
    }

    boolean succeeded() {
        return attempt.outcome() instanceof AttemptOutcome.Succeeded;
    }

    Duration took() {
        return end.minus(begin);
    }
}
