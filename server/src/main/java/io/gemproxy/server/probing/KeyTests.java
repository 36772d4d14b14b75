package io.gemproxy.server.probing;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/**
 * Tests of keys that an operator asks for; few at once, and generating at most a small share of
 * what the key's project may in a day. Safe for use by many threads.
 */
public final class KeyTests {
    /** The share of the known requests of a day that tests may generate; at least one request. */
    static final double SHARE_OF_THE_DAY = 0.01;

    /** So many may generate in a day where its requests are not known. */
    static final long WHERE_NOTHING_IS_KNOWN = 10;

    private static final int AT_ONCE = 2;
    private static final ZoneId QUOTA_DAY = ZoneId.of("America/Los_Angeles");

    private final ProbedKeys keys;
    private final Ladder ladder;
    private final InstantSource clock;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<ProjectId, Long> generated = new HashMap<>();
    private LocalDate day = LocalDate.MIN;

    public KeyTests(ProbedKeys keys, Ladder ladder, InstantSource clock) {
        this.keys = keys;
        this.ladder = ladder;
        this.clock = clock;
    }

    /** What became of the wish for a test. */
    public sealed interface Verdict {
        /** It was made, and the pool knows. */
        record Tested(List<ProbeStep> steps) implements Verdict {}

        /** Enough others run. */
        record Busy() implements Verdict {}

        /** The share of the day is used up. */
        record NoMoreToday(long generated) implements Verdict {}
    }

    /** Tests a key of the pool. */
    public Verdict test(KeyId key, boolean generate) {
        if (!places.tryAcquire()) {
            return new Verdict.Busy();
        }
        try {
            if (generate && !take(key)) {
                return new Verdict.NoMoreToday(generatedToday(key));
            }
            Rung top = generate ? Rung.GENERATE_ONE_TOKEN : Rung.COUNT_TOKENS;
            List<ProbeStep> steps = ladder.climb(key, keys.usualModel(key), top);
            keys.probed(key, Ladder.verdict(steps));
            return new Verdict.Tested(steps);
        } finally {
            places.release();
        }
    }

    private synchronized boolean take(KeyId key) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), QUOTA_DAY);
        if (!today.equals(day)) {
            day = today;
            generated.clear();
        }
        if (generatedToday(key) >= allowed(key)) {
            return false;
        }
        generated.merge(keys.project(key), 1L, Long::sum);
        return true;
    }

    private synchronized long generatedToday(KeyId key) {
        return generated.getOrDefault(keys.project(key), 0L);
    }

    private long allowed(KeyId key) {
        OptionalLong daily = keys.requestsPerDay(key);
        return daily.isEmpty()
                ? WHERE_NOTHING_IS_KNOWN
                : Math.max(1, (long) (daily.getAsLong() * SHARE_OF_THE_DAY));
    }
}
