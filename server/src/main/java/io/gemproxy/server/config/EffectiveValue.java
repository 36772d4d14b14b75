package io.gemproxy.server.config;

/**
 * One value a server would run with.
 *
 * @param path of the setting; {@code [0]} for an entry of a list, {@code [MODEL]} for a model
 * @param value a text, a {@code Long}, a {@code BigDecimal}, a {@code Boolean} or a list of texts;
 *     masked if nobody may see it
 * @param layer who said it
 * @param place where it was said; for a built-in default {@code default}
 */
public record EffectiveValue(String path, Object value, Layer layer, Place place) {}
