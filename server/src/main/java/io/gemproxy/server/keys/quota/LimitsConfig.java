package io.gemproxy.server.keys.quota;

import java.util.OptionalLong;

/**
 * Known limits of a project for one model; what is empty is not known and never refuses.
 *
 * @param requestsPerMinute requests in any 60 seconds
 * @param tokensPerMinute input tokens in any 60 seconds
 * @param requestsPerDay requests of a day of Los Angeles
 * @param microdollarsPerTenMinutes millionths of a dollar in any ten minutes
 */
public record LimitsConfig(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong requestsPerDay,
        OptionalLong microdollarsPerTenMinutes) {
    /** Nothing is known. */
    public static final LimitsConfig NONE =
            new LimitsConfig(
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty());

    /** The limit of a dimension, if it is known. */
    public OptionalLong of(QuotaDimension dimension) {
        return switch (dimension) {
            case REQUESTS_PER_MINUTE -> requestsPerMinute;
            case TOKENS_PER_MINUTE -> tokensPerMinute;
            case REQUESTS_PER_DAY -> requestsPerDay;
            case MICRODOLLARS_PER_TEN_MINUTES -> microdollarsPerTenMinutes;
        };
    }

    /** Of two statements about the same project the smaller limit of each kind. */
    public LimitsConfig and(LimitsConfig other) {
        return new LimitsConfig(
                smaller(requestsPerMinute, other.requestsPerMinute),
                smaller(tokensPerMinute, other.tokensPerMinute),
                smaller(requestsPerDay, other.requestsPerDay),
                smaller(microdollarsPerTenMinutes, other.microdollarsPerTenMinutes));
    }

    private static OptionalLong smaller(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return a.getAsLong() <= b.getAsLong() ? a : b;
    }
}
