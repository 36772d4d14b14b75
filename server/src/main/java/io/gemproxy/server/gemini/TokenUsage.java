package io.gemproxy.server.gemini;

/**
 * The token counts of one answer (usageMetadata; Gemini API reference, UsageMetadata).
 *
 * @param prompt includes {@code cached}
 * @param cached part of the prompt read from a cache
 * @param candidates without {@code thoughts}
 * @param thoughts thinking tokens, billed as output
 * @param toolUse prompt tokens of tool results
 * @param total as Google states it
 */
public record TokenUsage(
        long prompt, long cached, long candidates, long thoughts, long toolUse, long total) {}
