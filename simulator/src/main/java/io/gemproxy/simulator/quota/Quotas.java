package io.gemproxy.simulator.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts requests and tokens per project and model in fixed windows, and says when it is enough.
 */
public final class Quotas {
    private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");
    private final InstantSource clock;
    private final Map<String, Quota> limits = new ConcurrentHashMap<>();
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    /** Which limit was hit, its value, and how long until it opens. */
    public record Exceeded(Kind kind, long limit, Duration opens) {}

    /** The kinds of limits. */
    public enum Kind {
        REQUESTS_PER_MINUTE,
        REQUESTS_PER_DAY,
        TOKENS_PER_MINUTE
    }

    /** What was used in the running minute and day. */
    private static final class Count {
        private long minute;
        private long requests;
        private long tokens;
        private long day;
        private long today;
    }

    public Quotas(InstantSource clock) {
        this.clock = clock;
    }

    /** Limits a project; the model may be "*". */
    public void limit(String project, String model, Quota quota) {
        limits.put(project + "/" + model, quota);
    }

    /** Counts a request, unless it exceeds a limit: then says all limits exceeded. */
    public List<Exceeded> take(String project, String model, long tokens) {
        if (limits.isEmpty()) {
            return List.of();
        }
        Quota quota = limits.get(project + "/" + model);
        quota = quota == null ? limits.get(project + "/*") : quota;
        if (quota == null) {
            return List.of();
        }
        return take(quota, counts.computeIfAbsent(project + "/" + model, _ -> new Count()), tokens);
    }

    private List<Exceeded> take(Quota quota, Count count, long tokens) {
        Instant now = clock.instant();
        synchronized (count) {
            roll(count, now);
            List<Exceeded> over = new ArrayList<>(0);
            Duration minute = Duration.ofSeconds(60 - Math.floorMod(now.getEpochSecond(), 60L));
            check(
                    over,
                    Kind.TOKENS_PER_MINUTE,
                    quota.tokensPerMinute(),
                    count.tokens + tokens,
                    minute);
            check(
                    over,
                    Kind.REQUESTS_PER_MINUTE,
                    quota.requestsPerMinute(),
                    count.requests + 1,
                    minute);
            check(
                    over,
                    Kind.REQUESTS_PER_DAY,
                    quota.requestsPerDay(),
                    count.today + 1,
                    untilMidnight(now));
            if (over.isEmpty()) {
                count.requests++;
                count.today++;
                count.tokens += tokens;
            }
            return over;
        }
    }

    private static void check(
            List<Exceeded> over, Kind kind, long limit, long wanted, Duration opens) {
        if (limit > 0 && wanted > limit) {
            over.add(new Exceeded(kind, limit, opens));
        }
    }

    private static void roll(Count count, Instant now) {
        long minute = Math.floorDiv(now.getEpochSecond(), 60L);
        if (minute != count.minute) {
            count.minute = minute;
            count.requests = 0;
            count.tokens = 0;
        }
        long day = now.atZone(PACIFIC).toLocalDate().toEpochDay();
        if (day != count.day) {
            count.day = day;
            count.today = 0;
        }
    }

    private static Duration untilMidnight(Instant now) {
        ZonedDateTime here = now.atZone(PACIFIC);
        return Duration.between(here, here.toLocalDate().plusDays(1).atStartOfDay(PACIFIC));
    }
}
