package io.gemproxy.server.usage;

import io.gemproxy.server.exchange.Cost;
import io.gemproxy.server.exchange.FinishedExchange;
import io.gemproxy.server.exchange.Result;
import io.gemproxy.server.gemini.Counting;
import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.util.Optional;

/**
 * Sums over requests that went to Google.
 *
 * @param requests all of them
 * @param attempts keys tried for them
 * @param failed that did not end well, aborted ones left out
 * @param aborted whose client left
 * @param tokens as stated or estimated, by modality where that was stated
 * @param images pictures made
 * @param videoSeconds seconds of video made
 * @param estimated requests whose tokens Google did not state
 * @param lowerBounds requests whose answer broke off, so that more may have been used
 * @param mismatches requests whose total is not the sum of its parts
 * @param unpriced requests of which something has no known price
 * @param picodollars what they cost; trillionths of a US dollar
 */
public record LedgerSums(
        long requests,
        long attempts,
        long failed,
        long aborted,
        TokenSums tokens,
        long images,
        long videoSeconds,
        long estimated,
        long lowerBounds,
        long mismatches,
        long unpriced,
        long picodollars) {
    /** Of no request. */
    public static final LedgerSums NOTHING =
            new LedgerSums(0, 0, 0, 0, TokenSums.NOTHING, 0, 0, 0, 0, 0, 0, 0);

    static LedgerSums of(FinishedExchange exchange) {
        Optional<TokenUsage> tokens = exchange.tokens();
        UsageDetail detail = tokens.map(TokenUsage::detail).orElse(UsageDetail.NONE);
        GeneratedMedia media = detail.media();
        Optional<Cost> cost = exchange.cost();
        return new LedgerSums(
                1,
                exchange.attempts().size(),
                one(exchange.result() != Result.SUCCESS && exchange.result() != Result.ABORTED),
                one(exchange.result() == Result.ABORTED),
                tokens.map(TokenSums::of).orElse(TokenSums.NOTHING),
                media.images(),
                media.videoSeconds(),
                one(detail.counting() == Counting.ESTIMATED),
                one(detail.counting() == Counting.LOWER_BOUND),
                one(tokens.isPresent() && !tokens.get().isConserved()),
                one(cost.isPresent() && cost.get().unpriced()),
                cost.map(Cost::picodollars).orElse(0L));
    }

    private static long one(boolean holds) {
        return holds ? 1 : 0;
    }

    /** Both together. */
    public LedgerSums plus(LedgerSums more) {
        return new LedgerSums(
                requests + more.requests,
                attempts + more.attempts,
                failed + more.failed,
                aborted + more.aborted,
                tokens.plus(more.tokens),
                images + more.images,
                videoSeconds + more.videoSeconds,
                estimated + more.estimated,
                lowerBounds + more.lowerBounds,
                mismatches + more.mismatches,
                unpriced + more.unpriced,
                picodollars + more.picodollars);
    }
}
