package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.state.StateKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What killed servers were seen to know: what the next one must know, and what it may. A fact may
 * be lost within a flush interval of its beginning, for the one it took the place of.
 */
final class SurvivingFacts {
    /** A flush interval, and what the machine may take to come round to it and to write. */
    private static final long KNOWN_AFTER =
            StateKeeper.FLUSH_INTERVAL.plus(Duration.ofSeconds(1)).toNanos();

    /** Times are written in milliseconds. */
    private static final Duration ROUNDING = Duration.ofMillis(5);

    /**
     * One fact.
     *
     * @param word e.g. the state of a key, or where a resource lives
     * @param reason of it, may be empty
     * @param until empty if it does not end by itself
     */
    record Fact(String word, String reason, String until) {
        Fact(String word) {
            this(word, "", "");
        }

        boolean like(Fact other) {
            return word.equals(other.word)
                    && reason.equals(other.reason)
                    && until.isEmpty() == other.until.isEmpty()
                    && (until.equals(other.until) || apart(other).compareTo(ROUNDING) <= 0);
        }

        private Duration apart(Fact other) {
            return Duration.between(Instant.parse(until), Instant.parse(other.until)).abs();
        }
    }

    private record Begun(Fact fact, long nanos) {}

    private final Map<String, List<Begun>> histories = new TreeMap<>();
    private int certainties;

    /** How often something else than what a fresh server believes had to be known. */
    int certainties() {
        return certainties;
    }

    /** What a server without any memory believes. */
    void fresh(String subject, Fact fact) {
        long longAgo = System.nanoTime() - 2 * KNOWN_AFTER;
        histories.put(subject, new ArrayList<>(List.of(new Begun(fact, longAgo))));
    }

    /** The running server is seen to know this. */
    void seen(String subject, Fact fact, long nanos) {
        List<Begun> history = history(subject);
        if (!history.getLast().fact().like(fact)) {
            history.add(new Begun(fact, nanos));
        }
    }

    /** The server is gone. */
    void killed(long nanos) {
        for (List<Begun> history : histories.values()) {
            while (history.size() > 1 && nanos - history.get(1).nanos() > KNOWN_AFTER) {
                history.removeFirst();
            }
        }
    }

    /** Fails unless the next server may know this and no other thing; then that is what stands. */
    void found(String subject, Fact fact, Fact fresh) {
        List<Begun> history = history(subject);
        assertTrue(
                history.stream().anyMatch(it -> it.fact().like(fact)),
                () -> subject + " is " + fact + " and was " + history);
        if (history.size() == 1 && !history.getFirst().fact().like(fresh)) {
            certainties++;
        }
        fresh(subject, fact);
    }

    private List<Begun> history(String subject) {
        return Objects.requireNonNull(histories.get(subject), subject);
    }
}
