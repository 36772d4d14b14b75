package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.Modality;
import io.gemproxy.server.gemini.ModalityTokens;

/** Tokens by modality that add up to their whole; what nobody attributed is unstated. */
@SuppressWarnings("EnumOrdinal") // places in an array that no later run sees
final class SplitTokens {
    private static final Modality[] ALL = Modality.values();

    private final long[] counts = new long[ALL.length];
    private long unstated;

    /** Should the parts exceed the whole, the later modalities are cut. */
    static SplitTokens of(long whole, ModalityTokens stated) {
        SplitTokens split = new SplitTokens();
        long left = whole;
        for (Modality modality : ALL) {
            long count = Math.min(left, stated.of(modality));
            split.counts[modality.ordinal()] = count;
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
        int at = modality.ordinal();
        long moved = Math.min(wanted, counts[at]);
        counts[at] -= moved;
        to.counts[at] += moved;
        return moved;
    }

    long of(Modality modality) {
        return counts[modality.ordinal()];
    }

    long unstated() {
        return unstated;
    }
}
