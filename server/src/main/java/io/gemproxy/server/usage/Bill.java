package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.GeneratedMedia;
import io.gemproxy.server.gemini.TokenUsage;
import io.gemproxy.server.gemini.UsageDetail;
import java.util.Optional;
import java.util.OptionalLong;

/** Adds up what one answer cost, in picodollars; exact, since every price is whole. */
final class Bill {
    private long picodollars;
    private boolean unpriced;

    void tokens(TokenUsage usage, TokenRates rates) {
        UsageDetail detail = usage.detail();
        SplitTokens fresh = SplitTokens.of(usage.prompt(), detail.prompt());
        SplitTokens cached = fresh.take(usage.cached(), detail.cached());
        add(usage.prompt() - usage.cached(), rates.input(), fresh);
        add(usage.cached(), rates.cached(), cached);
        add(usage.toolUse(), rates.input(), SplitTokens.of(usage.toolUse(), detail.toolUse()));
        long written = usage.candidates() + usage.thoughts();
        add(written, rates.output(), SplitTokens.of(written, detail.candidates()));
    }

    void media(GeneratedMedia media, ModelPrice price) {
        pieces(media.images(), price.image());
        pieces(media.videoSeconds(), price.second(media.resolution()));
    }

    void grounding(UsageDetail detail, Optional<GroundingPrice> price) {
        if (price.isPresent()) {
            picodollars += price.get().cost(detail.searches(), detail.maps());
        } else {
            unpriced |= detail.searches() + detail.maps() > 0;
        }
    }

    /** Something was used of which no price is known. */
    void unpriced() {
        unpriced = true;
    }

    private void add(long count, Optional<ModalityRates> rates, SplitTokens tokens) {
        if (rates.isPresent()) {
            picodollars += rates.get().cost(tokens);
        } else {
            unpriced |= count > 0;
        }
    }

    private void pieces(long count, OptionalLong price) {
        if (price.isPresent()) {
            picodollars += count * price.getAsLong();
        } else {
            unpriced |= count > 0;
        }
    }

    long picodollars() {
        return picodollars;
    }

    boolean isUnpriced() {
        return unpriced;
    }
}
