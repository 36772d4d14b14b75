package io.gemproxy.server.gemini;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One exhausted quota of a QuotaFailure. What is counted and in which window is told by parts of
 * its id, as the official CLI does, and by its metric where the id does not say.
 *
 * @param quotaId e.g. {@code GenerateRequestsPerDayPerProjectPerModel-FreeTier}
 * @param metric e.g. {@code generativelanguage.googleapis.com/generate_content_free_tier_requests}
 * @param value the limit as written, empty if not stated
 * @param model the model whose bucket it is, which may be another name than the one asked for
 */
public record QuotaViolation(String quotaId, String metric, String value, Optional<String> model) {
    private static final int LONGEST_NUMBER = 18;

    /** Things with a quota of their own, beside that of the model that uses them. */
    private static final Set<String> BESIDE_THE_MODEL =
            Set.of(
                    "ground",
                    "search",
                    "maps",
                    "batch",
                    "upload",
                    "storage",
                    "cached",
                    "concurrent");

    /** Whether the window is a day. */
    public boolean isPerDay() {
        String id = plain(quotaId);
        return says(id, "perday", "daily")
                || (!says(id, "perminute") && says(plain(metric), "perday", "daily"));
    }

    /** Whether the window is a minute. */
    public boolean isPerMinute() {
        String id = plain(quotaId);
        return says(id, "perminute")
                || (!says(id, "perday", "daily") && says(plain(metric), "perminute"));
    }

    /** Whether requests are counted. */
    public boolean countsRequests() {
        return !countsInputTokens() && says(plain(quotaId) + plain(metric), "request");
    }

    /** Whether input tokens are counted. */
    public boolean countsInputTokens() {
        return says(plain(quotaId) + plain(metric), "inputtoken");
    }

    /** Whether money is counted. */
    public boolean countsSpend() {
        return says(plain(quotaId) + plain(metric), "spend", "dollar");
    }

    /**
     * Whether it binds the model itself, and not a tool, the batches or the like that it was used
     * with.
     */
    public boolean isOfTheModel() {
        String all = plain(quotaId) + plain(metric);
        return BESIDE_THE_MODEL.stream().noneMatch(all::contains);
    }

    /** Whether each model has its own bucket. */
    public boolean isPerModel() {
        return model.isPresent() || says(plain(quotaId) + plain(metric), "permodel");
    }

    /** Whether it is known to be the quota of generating, whatever the model. */
    public boolean isOfGenerating() {
        return plain(quotaId).startsWith("generate") || plain(metric).contains("generatecontent");
    }

    /** The limit in whatever is counted, if it is stated as a whole number. */
    public OptionalLong limit() {
        return !value.isEmpty()
                        && value.length() <= LONGEST_NUMBER
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')
                ? OptionalLong.of(Long.parseLong(value))
                : OptionalLong.empty();
    }

    /** Whether the tier has no quota at all for this model. */
    public boolean isNone() {
        return limit().equals(OptionalLong.of(0));
    }

    /** Whether the quota is one of the free tier. */
    public boolean isFreeTier() {
        return says(plain(quotaId) + plain(metric), "freetier");
    }

    /** Whether the quota is one of a paid tier. */
    public boolean isPaidTier() {
        return says(plain(quotaId) + plain(metric), "paidtier");
    }

    /** The model of {@link #model}, if that is what a model is called. */
    public Optional<ModelName> modelName() {
        return model.flatMap(ModelNames::of);
    }

    private static boolean says(String text, String... words) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /** Small letters and digits only: ids are in camel case, metrics with underscores. */
    private static String plain(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
