package io.gemproxy.server.keys.quota;

import java.time.Duration;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one project has for one model, and what is used of it. Every request sent counts, also those
 * Google refuses. Safe for use by many threads.
 */
public final class ModelQuota {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SPEND_WINDOW = Duration.ofMinutes(10);

    private static final QuotaDimension[] DIMENSIONS = QuotaDimension.values();

    private final Limits limits;
    private final SlidingSum requests = new SlidingSum(MINUTE, Duration.ofSeconds(1));
    private final SlidingSum tokens = new SlidingSum(MINUTE, Duration.ofSeconds(1));
    private final SlidingSum failures = new SlidingSum(MINUTE, Duration.ofSeconds(1));
    private @Nullable SlidingSum spend;
    private volatile boolean limited;
    private LocalDate day = LocalDate.MIN;
    private long requestsToday;
    private long failuresToday;
    private long tokensToday;

    public ModelQuota(LimitsConfig configured) {
        this.limits = new Limits(configured);
        this.limited = limits.any();
    }

    /** Other limits are configured; what is used and what was learnt stays. */
    public synchronized void configure(LimitsConfig configured) {
        limits.configure(configured);
        limited = limits.any();
    }

    /** Counts a request about to be sent, with an estimate of its input tokens. */
    public synchronized void reserve(Moment now, long estimatedTokens) {
        enter(now.day());
        requests.add(now.nanos(), 1);
        requestsToday++;
        tokensToday += estimatedTokens;
        if (estimatedTokens > 0) {
            tokens.add(now.nanos(), estimatedTokens);
        }
        if (limits.anyLearnt()) {
            eachLearnt(now, (dimension, limit) -> limit.sent(usedOf(dimension, now), now));
        }
    }

    /**
     * A request went through: the real numbers take the place of the estimate.
     *
     * @param lentAtNanos when it was reserved
     * @param reserved the estimate
     * @param counted the real input tokens
     * @param microdollars what the request cost
     */
    public synchronized void finished(
            Moment now, long lentAtNanos, long reserved, long counted, long microdollars) {
        correct(now, lentAtNanos, reserved, counted);
        if (microdollars > 0) {
            if (spend == null) {
                spend = new SlidingSum(SPEND_WINDOW, Duration.ofSeconds(10));
            }
            spend.add(now.nanos(), microdollars);
        }
        if (limits.anyLearnt()) {
            eachLearnt(
                    now,
                    (dimension, limit) -> {
                        limit.answered(lentAtNanos, need(dimension, counted), now);
                        limit.atLeast(shown(dimension, now), now);
                    });
        }
    }

    /** A request failed: it counts as one without tokens. */
    public synchronized void failed(Moment now, long lentAtNanos, long reserved) {
        correct(now, lentAtNanos, reserved, 0);
        failures.add(now.nanos(), 1);
        failuresToday++;
        if (limits.anyLearnt()) {
            eachLearnt(now, (_, limit) -> limit.failed(lentAtNanos));
        }
    }

    private void correct(Moment now, long lentAtNanos, long reserved, long counted) {
        enter(now.day());
        if (counted != reserved) {
            tokens.correct(lentAtNanos, now.nanos(), counted - reserved);
            tokensToday = Math.max(0, tokensToday + counted - reserved);
        }
    }

    /** An error named a limit. */
    public synchronized void learn(QuotaDimension dimension, long value, Moment now) {
        limits.learn(dimension, value, now);
        limited = limits.any();
    }

    /** The limit in force, if one is known. */
    public synchronized OptionalLong limit(QuotaDimension dimension, Moment now) {
        long limit = limits.of(dimension, now);
        return limit == Limits.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    /** What is used of a dimension. */
    public synchronized long used(QuotaDimension dimension, Moment now) {
        enter(now.day());
        return usedOf(dimension, now);
    }

    /** Input tokens of the quota day, estimates included. */
    public synchronized long tokensToday(Moment now) {
        enter(now.day());
        return tokensToday;
    }

    /**
     * When one more request fits under all known limits, on the monotonic clock; {@code now} if at
     * once.
     */
    public synchronized long opening(Moment now, long estimatedTokens) {
        enter(now.day());
        if (!limited) {
            return now.nanos();
        }
        long opening = now.nanos();
        for (QuotaDimension dimension : DIMENSIONS) {
            long allowed = limits.allowed(dimension, need(dimension, estimatedTokens), now);
            if (allowed != Limits.UNKNOWN) {
                long its = opening(dimension, allowed, now, estimatedTokens);
                opening = its - opening > 0 ? its : opening;
            }
        }
        return opening;
    }

    /**
     * The share of the scarcest limit that is left, 0.0 if one more request does not fit; 1.0 where
     * no limit is known.
     */
    public double headroom(Moment now, long estimatedTokens) {
        return limited ? scarcest(now, estimatedTokens) : 1.0;
    }

    private synchronized double scarcest(Moment now, long estimatedTokens) {
        enter(now.day());
        double scarcest = 1.0;
        for (QuotaDimension dimension : DIMENSIONS) {
            long need = need(dimension, estimatedTokens);
            long allowed = limits.allowed(dimension, need, now);
            if (allowed != Limits.UNKNOWN) {
                long used = usedOf(dimension, now);
                long left = allowed - used;
                boolean alone = used == 0 && dimension == QuotaDimension.TOKENS_PER_MINUTE;
                boolean fits = left > 0 && left >= need;
                double share = (double) left / Math.max(1, allowed);
                scarcest = Math.min(scarcest, fits || alone ? share : 0.0);
            }
        }
        return scarcest;
    }

    /**
     * Counts a request about to be sent if it fits under all known limits.
     *
     * @return whether it did
     */
    public synchronized boolean tryReserve(Moment now, long estimatedTokens) {
        if (limited && opening(now, estimatedTokens) - now.nanos() > 0) {
            return false;
        }
        reserve(now, estimatedTokens);
        return true;
    }

    /** Requests of the last minute, for choosing where no limit is known. */
    public synchronized long recentRequests(Moment now) {
        return requests.total(now.nanos());
    }

    /** What must survive a restart. */
    public synchronized DayUse dayUse(Moment now) {
        enter(now.day());
        return new DayUse(day, requestsToday, tokensToday, limits.snapshot(now));
    }

    /** Takes up what {@link #dayUse} gave; counts of another day are dropped. */
    public synchronized void restore(DayUse use, Moment now) {
        enter(now.day());
        if (use.day().equals(day)) {
            requestsToday += use.requests();
            tokensToday += use.tokens();
        }
        use.learnt().forEach((dimension, limit) -> limits.restore(dimension, limit, now));
        limited = limits.any();
    }

    /**
     * What the limit must be at least, by what went through. Two of Google's minutes may share one
     * of ours, and then one of them had half of it; a day is the same day.
     */
    private long shown(QuotaDimension dimension, Moment now) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE ->
                    (requests.total(now.nanos()) - failures.total(now.nanos())) / 2;
            case TOKENS_PER_MINUTE -> tokens.total(now.nanos()) / 2;
            case REQUESTS_PER_DAY -> requestsToday - failuresToday;
            case MICRODOLLARS_PER_TEN_MINUTES -> 0;
        };
    }

    private void eachLearnt(Moment now, BiConsumer<QuotaDimension, LearntLimit> each) {
        for (QuotaDimension dimension : DIMENSIONS) {
            LearntLimit limit = limits.learnt(dimension, now);
            if (limit != null) {
                each.accept(dimension, limit);
            }
        }
    }

    private long opening(QuotaDimension dimension, long limit, Moment now, long estimate) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> requests.opening(now.nanos(), 1, limit);
            case TOKENS_PER_MINUTE -> tokens.opening(now.nanos(), estimate, limit);
            case REQUESTS_PER_DAY -> requestsToday < limit ? now.nanos() : now.dayEndsNanos();
            case MICRODOLLARS_PER_TEN_MINUTES ->
                    spend == null ? now.nanos() : spend.opening(now.nanos(), 1, limit);
        };
    }

    private long usedOf(QuotaDimension dimension, Moment now) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> requests.total(now.nanos());
            case TOKENS_PER_MINUTE -> tokens.total(now.nanos());
            case REQUESTS_PER_DAY -> requestsToday;
            case MICRODOLLARS_PER_TEN_MINUTES -> spend == null ? 0 : spend.total(now.nanos());
        };
    }

    private static long need(QuotaDimension dimension, long estimate) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY -> 1;
            case TOKENS_PER_MINUTE -> estimate;
            case MICRODOLLARS_PER_TEN_MINUTES -> 0;
        };
    }

    private void enter(QuotaDay today) {
        if (!today.date().equals(day)) {
            day = today.date();
            requestsToday = 0;
            failuresToday = 0;
            tokensToday = 0;
        }
    }
}
