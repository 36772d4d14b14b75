package io.gemproxy.server.config;

import java.nio.file.Path;

/**
 * The {@code state} section.
 *
 * @param dir where the server keeps what must survive a restart
 */
public record StateConfig(Path dir) {}
