package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.ExhaustedQuota;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.QuotaTier;
import io.gemproxy.server.gemini.GeminiError;
import io.gemproxy.server.gemini.QuotaViolation;
import java.util.List;

/**
 * Reads which quotas are used up. The ids decide, then the words of the Interactions API; the wait
 * of RetryInfo is carried along and never makes one kind of another (a day's quota has been seen
 * with 44 s).
 */
final class ExhaustedQuotas {
    private static final int LONGEST_ID = 128;

    private ExhaustedQuotas() {}

    static QuotaExceeded of(GeminiError error) {
        List<ExhaustedQuota> named =
                error.violations().stream().map(ExhaustedQuotas::quota).toList();
        List<ExhaustedQuota> quotas =
                named.isEmpty() ? List.of(ExhaustedQuota.of(withoutId(error))) : named;
        return new QuotaExceeded(quotas, error.retryDelay(), KnownRefusals.learnt(error));
    }

    private static ExhaustedQuota quota(QuotaViolation violation) {
        QuotaKind kind = kind(violation);
        return new ExhaustedQuota(
                kind,
                plain(violation.quotaId().isEmpty() ? violation.metric() : violation.quotaId()),
                violation.limit(),
                violation.modelName(),
                kind == QuotaKind.SPEND_PER_10_MINUTES || bindsAllModels(violation, kind),
                tier(violation));
    }

    private static QuotaKind kind(QuotaViolation violation) {
        if (violation.countsSpend()) {
            return QuotaKind.SPEND_PER_10_MINUTES;
        }
        if (!violation.isOfTheModel()) {
            return QuotaKind.UNKNOWN;
        }
        if (violation.isNone()) {
            return QuotaKind.NONE;
        }
        if (violation.isPerDay()) {
            return isWorthADay(violation) ? perDay(violation) : QuotaKind.UNKNOWN;
        }
        return violation.isPerMinute() ? perMinute(violation) : QuotaKind.UNKNOWN;
    }

    /** A wrong day costs a day, so what is counted and for whom must both be known. */
    private static boolean isWorthADay(QuotaViolation violation) {
        boolean counts = violation.countsRequests() || violation.countsInputTokens();
        return violation.isOfGenerating() || (counts && violation.isPerModel());
    }

    private static QuotaKind perDay(QuotaViolation violation) {
        if (violation.countsInputTokens()) {
            return QuotaKind.INPUT_TOKENS_PER_DAY;
        }
        return violation.countsRequests() ? QuotaKind.REQUESTS_PER_DAY : QuotaKind.OTHER_PER_DAY;
    }

    private static QuotaKind perMinute(QuotaViolation violation) {
        if (violation.countsInputTokens()) {
            return QuotaKind.INPUT_TOKENS_PER_MINUTE;
        }
        return violation.countsRequests()
                ? QuotaKind.REQUESTS_PER_MINUTE
                : QuotaKind.OTHER_PER_MINUTE;
    }

    private static boolean bindsAllModels(QuotaViolation violation, QuotaKind kind) {
        return kind != QuotaKind.UNKNOWN
                && kind != QuotaKind.NONE
                && violation.isOfGenerating()
                && !violation.quotaId().isEmpty()
                && !violation.isPerModel();
    }

    private static QuotaTier tier(QuotaViolation violation) {
        if (violation.isFreeTier()) {
            return QuotaTier.FREE;
        }
        return violation.isPaidTier() ? QuotaTier.PAID : QuotaTier.UNKNOWN;
    }

    private static QuotaKind withoutId(GeminiError error) {
        return switch (error.status()) {
            case "spend_limit_exceeded" -> QuotaKind.SPEND_PER_10_MINUTES;
            case "quota_exceeded" -> QuotaKind.OTHER_PER_DAY;
            case "rate_limit_exceeded" -> QuotaKind.OTHER_PER_MINUTE;
            default ->
                    error.hasReason("RATE_LIMIT_EXCEEDED")
                            ? QuotaKind.OTHER_PER_MINUTE
                            : QuotaKind.UNKNOWN;
        };
    }

    /** Fit for a log: no blanks, no line ends, not endless. */
    private static String plain(String id) {
        String text = id.replaceAll("[^A-Za-z0-9_./:-]", "_");
        return text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) : text;
    }
}
