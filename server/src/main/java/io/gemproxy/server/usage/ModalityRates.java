package io.gemproxy.server.usage;

import io.gemproxy.server.gemini.Modality;
import java.util.EnumMap;
import java.util.Map;

/**
 * Prices of one token by what it stands for, in picodollars.
 *
 * @param of the modalities that have a price of their own
 * @param others all the rest, those included of which nobody says what they stand for
 */
record ModalityRates(Map<Modality, Long> of, long others) {
    private static final Modality[] ALL = Modality.values();

    /** The same for every modality. */
    static ModalityRates flat(long rate) {
        return new ModalityRates(Map.of(), rate);
    }

    long rate(Modality modality) {
        return of.getOrDefault(modality, others);
    }

    /** What these tokens cost. */
    long cost(SplitTokens tokens) {
        long sum = tokens.unstated() * others;
        for (Modality modality : ALL) {
            long count = tokens.of(modality);
            sum += count == 0 ? 0 : count * rate(modality);
        }
        return sum;
    }

    /** The highest of the rates. */
    long dearest() {
        return of.values().stream().mapToLong(Long::longValue).reduce(others, Math::max);
    }

    /** Each rate changed in the same way. */
    ModalityRates each(RateChange change) {
        Map<Modality, Long> changed = new EnumMap<>(Modality.class);
        of.forEach((modality, rate) -> changed.put(modality, change.of(rate)));
        return new ModalityRates(Map.copyOf(changed), change.of(others));
    }

    /** Makes one rate of another. */
    @FunctionalInterface
    interface RateChange {
        long of(long rate);
    }
}
