package io.gemproxy.server.usage;

/**
 * The {@code usage} section.
 *
 * @param prices those that come with this version, with the operator's own on top
 */
public record UsageConfig(PricesConfig prices) {}
