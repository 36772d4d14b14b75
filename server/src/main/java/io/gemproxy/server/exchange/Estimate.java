package io.gemproxy.server.exchange;

/**
 * What a request may use at most or probably, before it is sent: what limits and budgets reserve.
 *
 * @param inputTokens of the prompt
 * @param outputTokens of the answer, thinking included
 * @param inputPicodollars trillionths of a US dollar for what it costs before any answer
 * @param outputPicodollars trillionths of a US dollar for the answer
 * @param priced false if something of it has no known price, so that the sums are too low; what is
 *     free is priced
 */
public record Estimate(
        long inputTokens,
        long outputTokens,
        long inputPicodollars,
        long outputPicodollars,
        boolean priced) {
    /** More than anything is, and little enough for sums of it to be a long. */
    private static final long MOST = Long.MAX_VALUE / 8;

    /** Nothing that is billed. */
    public static final Estimate NOTHING = new Estimate(0, 0, 0, 0, true);

    /** Input and output. */
    public long tokens() {
        return inputTokens + outputTokens;
    }

    /** Trillionths of a US dollar for input and output. */
    public long picodollars() {
        return inputPicodollars + outputPicodollars;
    }

    /** Both together; what files say of themselves may be beyond all bounds. */
    public Estimate plus(Estimate more) {
        return new Estimate(
                sum(inputTokens, more.inputTokens),
                sum(outputTokens, more.outputTokens),
                sum(inputPicodollars, more.inputPicodollars),
                sum(outputPicodollars, more.outputPicodollars),
                priced && more.priced);
    }

    private static long sum(long some, long more) {
        return Math.min(some, MOST) + Math.min(more, MOST - Math.min(some, MOST));
    }

    /** What is used even if nobody sees an answer. */
    public Estimate prompt() {
        return new Estimate(inputTokens, 0, inputPicodollars, 0, priced);
    }
}
