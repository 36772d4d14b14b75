package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * One exhausted quota of a QuotaFailure.
 *
 * @param quotaId e.g. {@code GenerateRequestsPerDayPerProjectPerModel-FreeTier}; names the window
 * @param metric e.g. {@code generativelanguage.googleapis.com/generate_content_free_tier_requests}
 * @param value the limit as written, empty if not stated
 * @param model the model whose bucket it is, which may be another name than the one asked for
 */
public record QuotaViolation(String quotaId, String metric, String value, Optional<String> model) {
    /** Whether the window is a day; matched by part, as the official CLI does. */
    public boolean isPerDay() {
        return quotaId.contains("PerDay") || quotaId.contains("Daily");
    }

    /** Whether the window is a minute. */
    public boolean isPerMinute() {
        return quotaId.contains("PerMinute");
    }

    /** Whether the tier has no quota at all for this model. */
    public boolean isNone() {
        return value.equals("0");
    }
}
