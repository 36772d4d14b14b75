package io.gemproxy.server.gemini;

import java.util.Optional;

/**
 * What else is known of an answer's usage; prices depend on it.
 *
 * @param prompt tokens of the prompt by modality, cached ones included
 * @param cached of them, read from a cache
 * @param candidates tokens of the answer by modality, thoughts left out
 * @param toolUse tokens of tool results by modality
 * @param tier how it was served; empty if neither side said
 * @param searches queries to Google Search
 * @param maps queries to Google Maps
 * @param media what is billed by the piece
 * @param counting how sure the counts are
 */
public record UsageDetail(
        ModalityTokens prompt,
        ModalityTokens cached,
        ModalityTokens candidates,
        ModalityTokens toolUse,
        Optional<ServiceTier> tier,
        long searches,
        long maps,
        GeneratedMedia media,
        Counting counting) {
    /** Nothing more than the counts. */
    public static final UsageDetail NONE =
            new UsageDetail(
                    ModalityTokens.UNSTATED,
                    ModalityTokens.UNSTATED,
                    ModalityTokens.UNSTATED,
                    ModalityTokens.UNSTATED,
                    Optional.empty(),
                    0,
                    0,
                    GeneratedMedia.NONE,
                    Counting.STATED);

    /** The same, counted with that certainty. */
    public UsageDetail with(Counting how) {
        return new UsageDetail(
                prompt, cached, candidates, toolUse, tier, searches, maps, media, how);
    }

    /** The same, served in that way. */
    public UsageDetail with(Optional<ServiceTier> served) {
        return new UsageDetail(
                prompt, cached, candidates, toolUse, served, searches, maps, media, counting);
    }

    /** The same with so many queries to Google Search. */
    public UsageDetail withSearches(long queries) {
        return new UsageDetail(
                prompt, cached, candidates, toolUse, tier, queries, maps, media, counting);
    }

    /** The same, and that was made. */
    public UsageDetail with(GeneratedMedia made) {
        return new UsageDetail(
                prompt, cached, candidates, toolUse, tier, searches, maps, made, counting);
    }

    /** Both together; the tier and the certainty of this one. */
    public UsageDetail plus(UsageDetail more) {
        return new UsageDetail(
                prompt.plus(more.prompt),
                cached.plus(more.cached),
                candidates.plus(more.candidates),
                toolUse.plus(more.toolUse),
                tier,
                searches + more.searches,
                maps + more.maps,
                media,
                counting);
    }
}
