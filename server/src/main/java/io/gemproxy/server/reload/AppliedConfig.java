package io.gemproxy.server.reload;

import io.gemproxy.server.config.ConfigFile;
import java.time.Instant;
import java.util.List;

/**
 * A configuration that is in effect.
 *
 * @param version of its files
 * @param at since when
 * @param cause why it was read
 * @param files as they were read: {@code proxy.yaml}, then {@code gemini.api_keys_file} if there is
 *     one; they may hold secrets
 */
public record AppliedConfig(
        ConfigVersion version, Instant at, ReloadCause cause, List<ConfigFile> files) {
    public AppliedConfig {
        files = List.copyOf(files);
    }
}
