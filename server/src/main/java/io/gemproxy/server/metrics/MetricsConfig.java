package io.gemproxy.server.metrics;

/**
 * The {@code metrics} section.
 *
 * @param enabled whether {@code /metrics} is served
 * @param compatNames whether the older metric names are exported too
 */
public record MetricsConfig(boolean enabled, boolean compatNames) {}
