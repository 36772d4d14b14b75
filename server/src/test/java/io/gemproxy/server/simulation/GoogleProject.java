package io.gemproxy.server.simulation;

import io.gemproxy.simulator.quota.Quota;
import io.gemproxy.simulator.quota.Quotas.Exceeded;
import io.gemproxy.simulator.quota.Quotas.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A project as Google counts it: requests and input tokens of a minute, requests of a day of Los
 * Angeles, the beginnings of prompts it has read lately. What is refused is not counted.
 */
final class GoogleProject {
    /** How long Google keeps a prompt's beginning without being asked for it again. */
    private static final long CACHED_MILLIS = Duration.ofMinutes(5).toMillis();

    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

    private record Taken(long at, long tokens) {}

    private final Quota quota;
    private final boolean rolling;
    private final Deque<Taken> minute = new ArrayDeque<>();
    private final Map<Integer, Long> prefixes = new HashMap<>();
    private long tokensOfMinute;
    private long requestsToday;
    private long dayEnds = Long.MIN_VALUE;

    /**
     * @param rolling whether a minute is any 60 seconds, or begins at second 0; nobody knows which
     */
    GoogleProject(Quota quota, boolean rolling) {
        this.quota = quota;
        this.rolling = rolling;
    }

    /** Counts a request, unless limits refuse it: then says which. */
    List<Exceeded> take(long now, long tokens) {
        forget(now);
        List<Exceeded> over = new ArrayList<>(0);
        if (tokensOfMinute + tokens > quota.tokensPerMinute()) {
            over.add(over(Kind.TOKENS_PER_MINUTE, quota.tokensPerMinute(), minuteOpens(now)));
        }
        if (minute.size() + 1 > quota.requestsPerMinute()) {
            over.add(over(Kind.REQUESTS_PER_MINUTE, quota.requestsPerMinute(), minuteOpens(now)));
        }
        if (requestsToday + 1 > quota.requestsPerDay()) {
            over.add(over(Kind.REQUESTS_PER_DAY, quota.requestsPerDay(), dayEnds - now));
        }
        if (over.isEmpty()) {
            minute.add(new Taken(now, tokens));
            tokensOfMinute += tokens;
            requestsToday++;
        }
        return over;
    }

    /** Whether the day has room for one more. */
    boolean dayHasRoom(long now) {
        forget(now);
        return requestsToday < quota.requestsPerDay();
    }

    /** Whether the beginning of a prompt is cached; from now on it is. */
    boolean caches(int conversation, long now) {
        Long last = prefixes.put(conversation, now);
        return last != null && now - last < CACHED_MILLIS;
    }

    private static Exceeded over(Kind kind, long limit, long opensMillis) {
        return new Exceeded(kind, limit, Duration.ofMillis(opensMillis));
    }

    private long minuteOpens(long now) {
        Taken oldest = minute.peek();
        return rolling && oldest != null
                ? oldest.at() + MINUTE - now
                : MINUTE - Math.floorMod(now, MINUTE);
    }

    private void forget(long now) {
        long start = rolling ? now - MINUTE + 1 : now - Math.floorMod(now, MINUTE);
        for (Taken oldest = minute.peek();
                oldest != null && oldest.at() < start;
                oldest = minute.peek()) {
            tokensOfMinute -= minute.remove().tokens();
        }
        if (now >= dayEnds) {
            ZonedDateTime here = Instant.ofEpochMilli(now).atZone(PACIFIC);
            dayEnds =
                    here.toLocalDate().plusDays(1).atStartOfDay(PACIFIC).toInstant().toEpochMilli();
            requestsToday = 0;
        }
    }
}
