package io.gemproxy.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.SplittableRandom;

/**
 * Clients who know nothing of each other: requests come by chance, in half an hour of the day as
 * many as the minutes allow, in the others as many as the day still has.
 */
final class Demand {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private static final int PEAK_HOUR = 18;
    private static final int MINUTES_OF_PEAK = 30;
    private static final int OTHER_MINUTES = 24 * 60 - MINUTES_OF_PEAK;
    private static final int CONVERSATIONS = 6;
    private static final double BEGINS_ONE = 0.2;
    private static final long FEWEST_TOKENS = 200;
    private static final long MOST_TOKENS = 1_800;

    private final SplittableRandom chance;
    private final double peak;
    private final double otherwise;
    private final Deque<Integer> running = new ArrayDeque<>();
    private int conversations;

    /**
     * A client's request.
     *
     * @param tokens its input
     * @param estimate what the proxy takes them for
     * @param conversation whose beginning it repeats
     */
    record Prompt(long tokens, long estimate, int conversation) {}

    /**
     * @param load share of the pool's minutes and days
     */
    Demand(double load, PoolPlan plan, SplittableRandom chance) {
        this.chance = chance;
        this.peak = load * plan.requestsPerMinute();
        this.otherwise = (load * plan.requestsPerDay() - peak * MINUTES_OF_PEAK) / OTHER_MINUTES;
    }

    static boolean isPeak(Instant now) {
        ZonedDateTime here = now.atZone(PACIFIC);
        return here.getHour() == PEAK_HOUR && here.getMinute() < MINUTES_OF_PEAK;
    }

    /** Milliseconds until the next request. */
    long pause(Instant now) {
        double perMinute = isPeak(now) ? peak : otherwise;
        double minutes = -StrictMath.log(1 - chance.nextDouble()) / perMinute;
        return (long) (minutes * Duration.ofMinutes(1).toMillis());
    }

    Prompt next() {
        long tokens = chance.nextLong(FEWEST_TOKENS, MOST_TOKENS);
        long estimate = (long) (tokens * (0.8 + 0.5 * chance.nextDouble()));
        return new Prompt(tokens, estimate, conversation());
    }

    private int conversation() {
        if (running.size() < CONVERSATIONS || chance.nextDouble() < BEGINS_ONE) {
            running.addLast(conversations++);
            if (running.size() > CONVERSATIONS) {
                running.removeFirst();
            }
            return running.getLast();
        }
        Iterator<Integer> one = running.iterator();
        for (int skip = chance.nextInt(CONVERSATIONS); skip > 0; skip--) {
            one.next();
        }
        return one.next();
    }
}
