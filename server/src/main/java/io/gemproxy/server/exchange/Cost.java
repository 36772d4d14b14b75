package io.gemproxy.server.exchange;

/**
 * What an answer cost by Google's price list.
 *
 * @param picodollars trillionths of a US dollar; exact by the price list
 * @param unpriced whether something was used whose price is not known, so that the sum is too low
 * @param priceVersion the day of the price list, as {@code YYYY-MM-DD}, with a mark if it was
 *     overridden
 */
public record Cost(long picodollars, boolean unpriced, String priceVersion) {}
