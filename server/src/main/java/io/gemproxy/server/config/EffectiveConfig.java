package io.gemproxy.server.config;

import java.util.List;

/**
 * What a configuration comes to, and why.
 *
 * @param result of the load; if it is invalid, the values are what could be read
 * @param values in the order of the documentation, without settings that have no value
 */
public record EffectiveConfig(ConfigResult result, List<EffectiveValue> values) {}
