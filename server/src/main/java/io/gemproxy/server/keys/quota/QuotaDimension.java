package io.gemproxy.server.keys.quota;

/** What Google counts of a project and model (rate limits page). */
public enum QuotaDimension {
    REQUESTS_PER_MINUTE,
    /** Input tokens only. */
    TOKENS_PER_MINUTE,
    /** The day ends at midnight in Los Angeles. */
    REQUESTS_PER_DAY,
    /** Spend over any ten minutes, in millionths of a dollar. */
    MICRODOLLARS_PER_TEN_MINUTES
}
