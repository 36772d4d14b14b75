package io.gemproxy.server.reload;

import io.gemproxy.server.config.ConfigFile;
import java.nio.file.Path;
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
 * @param others files that these name and that were read with them, absolute: prices, key sets,
 *     certificates, secrets; their content is no part of the version
 * @param failed settings whose part of the server could not take over, so that what they were
 *     before is in effect, or in doubt
 */
public record AppliedConfig(
        ConfigVersion version,
        Instant at,
        ReloadCause cause,
        List<ConfigFile> files,
        List<Path> others,
        List<String> failed) {
    public AppliedConfig {
        files = List.copyOf(files);
        others = List.copyOf(others);
        failed = List.copyOf(failed);
    }
}
