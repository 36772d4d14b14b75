package io.gemproxy.server.exchange;

import io.gemproxy.server.gemini.ModelName;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One quota that is used up.
 *
 * @param kind what is counted, in which window
 * @param id as Google names it, in plain characters; empty if it named none
 * @param limit in requests, tokens or whatever is counted, if stated
 * @param model the model whose bucket it is, which may be another name than the one asked for
 *     (names of one model share a bucket)
 * @param projectWide whether it is known to bind every model of the project
 * @param tier of the project
 */
public record ExhaustedQuota(
        QuotaKind kind,
        String id,
        OptionalLong limit,
        Optional<ModelName> model,
        boolean projectWide,
        QuotaTier tier) {

    /** A quota of which nothing is known but its kind; only spend binds the whole project. */
    public static ExhaustedQuota of(QuotaKind kind) {
        return new ExhaustedQuota(
                kind,
                "",
                OptionalLong.empty(),
                Optional.empty(),
                kind == QuotaKind.SPEND_PER_10_MINUTES,
                QuotaTier.UNKNOWN);
    }
}
