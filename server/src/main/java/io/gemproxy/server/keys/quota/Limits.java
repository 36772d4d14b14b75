package io.gemproxy.server.keys.quota;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits in force: learnt ones take the place of configured ones. Not thread-safe. */
final class Limits {
    /** No limit is known. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final QuotaDimension[] DIMENSIONS = QuotaDimension.values();

    private final long[] configured = new long[DIMENSIONS.length];
    private @Nullable LearntLimit @Nullable [] learnt;

    Limits(LimitsConfig config) {
        configure(config);
    }

    /** Other limits are configured; learnt ones that say the same are no longer needed. */
    void configure(LimitsConfig config) {
        for (QuotaDimension dimension : DIMENSIONS) {
            long limit = config.of(dimension).orElse(UNKNOWN);
            configured[place(dimension)] = limit;
            LearntLimit said = learnt == null ? null : learnt[place(dimension)];
            if (said != null && said.snapshot().value() == limit) {
                put(dimension, null);
            }
        }
    }

    /** Whether any is known. */
    boolean any() {
        return learnt != null || Arrays.stream(configured).anyMatch(limit -> limit != UNKNOWN);
    }

    /** The limit in force, {@link #UNKNOWN} if none is. */
    long of(QuotaDimension dimension, Moment now) {
        LearntLimit said = learnt(dimension, now);
        return said == null ? configured[place(dimension)] : said.value();
    }

    /** What may be sent of a dimension, of which {@code need} is the next request. */
    long allowed(QuotaDimension dimension, long need, Moment now) {
        if (learnt == null) {
            return configured[place(dimension)];
        }
        LearntLimit said = learnt(dimension, now);
        return said == null ? configured[place(dimension)] : said.allowed(need, now);
    }

    /** The learnt limit in force, if there is one. */
    @Nullable LearntLimit learnt(QuotaDimension dimension, Moment now) {
        if (learnt == null) {
            return null;
        }
        LearntLimit said = learnt[place(dimension)];
        return said == null || said.isForgotten(now) ? null : said;
    }

    /** Whether any was learnt. */
    boolean anyLearnt() {
        return learnt != null;
    }

    /** An error named a limit. */
    void learn(QuotaDimension dimension, long value, Moment now) {
        LearntLimit said = learnt(dimension, now);
        if (value == configured[place(dimension)]) {
            put(dimension, null);
        } else if (said == null) {
            put(dimension, LearntLimit.of(value, now));
        } else {
            said.named(value, now);
        }
    }

    Map<QuotaDimension, Learnt> snapshot(Moment now) {
        Map<QuotaDimension, Learnt> all = new EnumMap<>(QuotaDimension.class);
        for (QuotaDimension dimension : DIMENSIONS) {
            LearntLimit said = learnt(dimension, now);
            if (said != null) {
                all.put(dimension, said.snapshot());
            }
        }
        return Map.copyOf(all);
    }

    void restore(QuotaDimension dimension, Learnt earlier, Moment now) {
        LearntLimit limit = new LearntLimit(earlier);
        if (!limit.isForgotten(now) && earlier.value() != configured[place(dimension)]) {
            put(dimension, limit);
        }
    }

    private void put(QuotaDimension dimension, @Nullable LearntLimit limit) {
        if (learnt == null) {
            if (limit == null) {
                return;
            }
            learnt = new LearntLimit[DIMENSIONS.length];
        }
        learnt[place(dimension)] = limit;
    }

    private static int place(QuotaDimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> 0;
            case TOKENS_PER_MINUTE -> 1;
            case REQUESTS_PER_DAY -> 2;
            case MICRODOLLARS_PER_TEN_MINUTES -> 3;
        };
    }
}
