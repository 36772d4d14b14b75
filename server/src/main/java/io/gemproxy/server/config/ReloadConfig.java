package io.gemproxy.server.config;

/**
 * The {@code reload} section.
 *
 * @param watch whether a change of a file of the configuration is noticed by itself
 */
public record ReloadConfig(boolean watch) {}
