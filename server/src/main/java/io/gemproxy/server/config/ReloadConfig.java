package io.gemproxy.server.config;

/**
 * How the configuration changes.
 *
 * @param watch whether a change of a file of the configuration is noticed by itself
 * @param writes whether the admin API may change the files ({@code admin.config_writes})
 */
public record ReloadConfig(boolean watch, boolean writes) {}
