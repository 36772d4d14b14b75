package io.gemproxy.server.gemini;

/**
 * The token counts of one answer (usageMetadata; Gemini API reference, UsageMetadata).
 *
 * @param prompt includes {@code cached}
 * @param cached part of the prompt read from a cache
 * @param candidates without {@code thoughts}
 * @param thoughts thinking tokens, billed as output
 * @param toolUse prompt tokens of tool results
 * @param total as Google states it; the sum of the parts where it states none
 * @param detail by modality and tier, as far as it is known
 */
public record TokenUsage(
        long prompt,
        long cached,
        long candidates,
        long thoughts,
        long toolUse,
        long total,
        UsageDetail detail) {
    /** Nothing was used. */
    public static final TokenUsage NOTHING = new TokenUsage(0, 0, 0, 0, 0, 0);

    /** Counts of which nothing more is known. */
    public TokenUsage(
            long prompt, long cached, long candidates, long thoughts, long toolUse, long total) {
        this(prompt, cached, candidates, thoughts, toolUse, total, UsageDetail.NONE);
    }

    /** Prompt, candidates, thoughts and tool use together. */
    public long sum() {
        return prompt + candidates + thoughts + toolUse;
    }

    /** Whether the total is the sum of its parts and no part is larger than its whole. */
    public boolean isConserved() {
        return total == sum()
                && cached <= prompt
                && detail.prompt().sum() <= prompt
                && detail.cached().sum() <= cached
                && detail.candidates().sum() <= candidates
                && detail.toolUse().sum() <= toolUse;
    }

    /** The same with other details. */
    public TokenUsage with(UsageDetail other) {
        return new TokenUsage(prompt, cached, candidates, thoughts, toolUse, total, other);
    }

    /** Both together. */
    public TokenUsage plus(TokenUsage more) {
        return new TokenUsage(
                prompt + more.prompt,
                cached + more.cached,
                candidates + more.candidates,
                thoughts + more.thoughts,
                toolUse + more.toolUse,
                total + more.total,
                detail.plus(more.detail));
    }
}
