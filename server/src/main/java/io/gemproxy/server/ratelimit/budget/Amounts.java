package io.gemproxy.server.ratelimit.budget;

/**
 * What a request, or many, took.
 *
 * @param requests how many
 * @param tokens input and output
 * @param picodollars trillionths of a US dollar
 */
public record Amounts(long requests, long tokens, long picodollars) {
    /** More than any limit. */
    private static final long MOST = Long.MAX_VALUE / 2;

    /** Nothing. */
    public static final Amounts ZERO = new Amounts(0, 0, 0);

    /** One request, of which nothing else is known yet. */
    public static final Amounts ONE_REQUEST = new Amounts(1, 0, 0);

    /** The greater of both, each by itself. */
    public Amounts atLeast(Amounts least) {
        return new Amounts(
                Math.max(requests, least.requests),
                Math.max(tokens, least.tokens),
                Math.max(picodollars, least.picodollars));
    }

    /** The smaller of both, each by itself. */
    Amounts atMost(Amounts most) {
        return new Amounts(
                Math.min(requests, most.requests),
                Math.min(tokens, most.tokens),
                Math.min(picodollars, most.picodollars));
    }

    Amounts plus(Amounts more) {
        return new Amounts(
                requests + more.requests,
                sum(tokens, more.tokens),
                sum(picodollars, more.picodollars));
    }

    /** What nobody limits may be reserved without measure, and must not make anything else fail. */
    private static long sum(long some, long more) {
        return more > 0 && some > MOST - more ? MOST : some + more;
    }

    Amounts minus(Amounts less) {
        return new Amounts(
                requests - less.requests, tokens - less.tokens, picodollars - less.picodollars);
    }
}
