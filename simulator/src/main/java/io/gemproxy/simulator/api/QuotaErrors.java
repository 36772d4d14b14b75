package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.quota.Quotas.Exceeded;
import java.time.Duration;
import java.util.List;

/** The 429 of quotas, with the violations in its details. */
public final class QuotaErrors {
    private static final String QUOTA_TEXT =
            "You exceeded your current quota, please check your plan and billing details. For more"
                    + " information on this error, head to:"
                    + " https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current"
                    + " usage, head to: https://ai.dev/rate-limit. ";

    private QuotaErrors() {}

    /** The 429 of limits that a project really hit. */
    public static ApiException exceeded(List<Exceeded> limits, String model) {
        Duration wait = Duration.ZERO;
        for (Exceeded limit : limits) {
            wait = limit.opens().compareTo(wait) > 0 ? limit.opens() : wait;
        }
        return quota(limits.stream().map(limit -> Violation.of(limit, model)).toList(), wait);
    }

    static ApiException quota(List<Violation> violations, Duration wait) {
        StringBuilder text = new StringBuilder(QUOTA_TEXT);
        ObjectNode failure = Json.object().put("@type", Errors.TYPE + "QuotaFailure");
        ArrayNode list = failure.putArray("violations");
        for (Violation violation : violations) {
            text.append("\n* Quota exceeded for metric: ").append(violation.metric());
            text.append(", limit: ")
                    .append(violation.limit())
                    .append(", model: ")
                    .append(violation.model());
            ObjectNode entry = list.addObject();
            entry.put("quotaMetric", violation.metric()).put("quotaId", violation.id());
            entry.putObject("quotaDimensions")
                    .put("location", "global")
                    .put("model", violation.model());
            entry.put("quotaValue", Long.toString(violation.limit()));
        }
        text.append("\nPlease retry in ").append(Errors.seconds(wait)).append('.');
        ApiException made = Errors.of(429, text.toString());
        Errors.details(made).add(failure).add(help()).add(Errors.retryInfo(wait));
        return made;
    }

    static ObjectNode help() {
        ObjectNode help = Json.object().put("@type", Errors.TYPE + "Help");
        help.putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
        return help;
    }

    /** One exceeded quota as it stands in a QuotaFailure. */
    record Violation(String id, String metric, String model, long limit) {
        static Violation requestsPerMinute(String model, long limit) {
            return new Violation(
                    "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                    Errors.SERVICE + "/generate_content_free_tier_requests",
                    model,
                    limit);
        }

        static Violation requestsPerDay(String model, long limit) {
            return new Violation(
                    "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                    Errors.SERVICE + "/generate_content_free_tier_requests",
                    model,
                    limit);
        }

        static Violation tokensPerMinute(String model, long limit) {
            return new Violation(
                    "GenerateContentPaidTierInputTokensPerModelPerMinute-PaidTier2",
                    Errors.SERVICE + "/generate_content_paid_tier_2_input_token_count",
                    model,
                    limit);
        }

        static Violation of(Exceeded exceeded, String model) {
            return switch (exceeded.kind()) {
                case REQUESTS_PER_MINUTE -> requestsPerMinute(model, exceeded.limit());
                case REQUESTS_PER_DAY -> requestsPerDay(model, exceeded.limit());
                case TOKENS_PER_MINUTE -> tokensPerMinute(model, exceeded.limit());
            };
        }
    }
}
