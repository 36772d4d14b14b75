package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ModalityTokens;
import java.util.EnumMap;
import java.util.Map;

/** Tokens by modality that add up to their whole; what nobody attributed is unstated. */
final class SplitTokens {
    private static final Modality[] ALL = Modality.values();

    private final Map<Modality, Long> counts = new EnumMap<>(Modality.class);
    private long unstated;

    /** Should the parts exceed the whole, the later modalities are cut. */
    static SplitTokens of(long whole, ModalityTokens stated) {
        SplitTokens split = new SplitTokens();
        long left = whole;
        for (Modality modality : ALL) {
            long count = Math.min(left, stated.of(modality));
            split.counts.put(modality, count);
            left -= count;
        }
        split.unstated = left;
        return split;
    }

    /**
     * Takes a part out of these tokens: by modality as far as that fits, the rest out of what is
     * unstated, then out of the modalities in their order.
     *
     * @return what was taken; never more than there was
     */
    SplitTokens take(long whole, ModalityTokens stated) {
        SplitTokens wanted = of(whole, stated);
        SplitTokens taken = new SplitTokens();
        long missing = wanted.unstated;
        for (Modality modality : ALL) {
            missing += wanted.of(modality);
            missing -= move(modality, wanted.of(modality), taken);
        }
        taken.unstated = Math.min(missing, unstated);
        unstated -= taken.unstated;
        missing -= taken.unstated;
        for (Modality modality : ALL) {
            missing -= move(modality, missing, taken);
        }
        return taken;
    }

    private long move(Modality modality, long wanted, SplitTokens to) {
        long moved = Math.min(wanted, of(modality));
        counts.merge(modality, -moved, Long::sum);
        to.counts.merge(modality, moved, Long::sum);
        return moved;
    }

    long of(Modality modality) {
        return counts.getOrDefault(modality, 0L);
    }

    long unstated() {
        return unstated;
    }
}
