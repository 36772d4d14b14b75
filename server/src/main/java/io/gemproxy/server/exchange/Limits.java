package io.gemproxy.server.exchange;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much a client may do; what is empty is for the configured default to say.
 *
 * @param requestsPerMinute in any sixty seconds
 * @param tokensPerMinute input and output, in any sixty seconds
 * @param requestsPerDay of UTC
 * @param daily budget of a day of UTC
 * @param monthly budget of a month of UTC
 */
public record Limits(
        OptionalInt requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong requestsPerDay,
        Budget daily,
        Budget monthly) {
    /** Nothing is said. */
    public static final Limits NONE =
            new Limits(
                    OptionalInt.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Budget.NONE,
                    Budget.NONE);

    /** Only requests per minute. */
    public static Limits ofRequestsPerMinute(OptionalInt limit) {
        return new Limits(
                limit, OptionalLong.empty(), OptionalLong.empty(), Budget.NONE, Budget.NONE);
    }

    /** Of each limit the lower; one that is empty says nothing. */
    public Limits strictest(Limits other) {
        return new Limits(
                lower(requestsPerMinute, other.requestsPerMinute),
                lower(tokensPerMinute, other.tokensPerMinute),
                lower(requestsPerDay, other.requestsPerDay),
                daily.strictest(other.daily),
                monthly.strictest(other.monthly));
    }

    private static OptionalInt lower(OptionalInt one, OptionalInt other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsInt() <= other.getAsInt() ? one : other;
    }

    static OptionalLong lower(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() <= other.getAsLong() ? one : other;
    }
}
