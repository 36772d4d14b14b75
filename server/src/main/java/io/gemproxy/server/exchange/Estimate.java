package io.gemproxy.server.exchange;

/**
 * What a request may use at most or probably, before it is sent: what limits and budgets reserve.
 *
 * @param inputTokens of the prompt
 * @param outputTokens of the answer, thinking included
 * @param picodollars trillionths of a US dollar for both; 0 if the model's price is not known
 */
public record Estimate(long inputTokens, long outputTokens, long picodollars) {
    /** Nothing that is billed. */
    public static final Estimate NOTHING = new Estimate(0, 0, 0);

    /** Input and output. */
    public long tokens() {
        return inputTokens + outputTokens;
    }
}
