package io.gemproxy.server.exchange;

import java.math.BigDecimal;

/**
 * What an answer cost by Google's price list.
 *
 * @param picodollars trillionths of a US dollar; exact by the price list
 * @param unpriced whether something was used whose price is not known, so that the sum is too low
 * @param priceVersion the day of the price list, as {@code YYYY-MM-DD}, with a mark if it was
 *     overridden
 */
public record Cost(long picodollars, boolean unpriced, String priceVersion) {
    private static final int PICO = 12;
    private static final int MICRO = 6;
    private static final long PICODOLLARS_IN_A_MICRODOLLAR = 1_000_000;

    /** In US dollars, exactly. */
    public BigDecimal usd() {
        return usd(BigDecimal.valueOf(picodollars, PICO));
    }

    /** An exact amount with as many decimals as it needs, but six at least. */
    public static BigDecimal usd(BigDecimal dollars) {
        BigDecimal shortest = dollars.stripTrailingZeros();
        return shortest.scale() < MICRO ? shortest.setScale(MICRO) : shortest;
    }

    /** Millionths of a US dollar, rounded up. */
    public long microdollars() {
        return Math.ceilDiv(picodollars, PICODOLLARS_IN_A_MICRODOLLAR);
    }
}
