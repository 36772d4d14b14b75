package io.gemproxy.server;

import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigResult.LoadedConfig;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.config.ReadConfig;
import io.gemproxy.server.config.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a server starts with, and how it reads that again.
 *
 * @param first as it was read
 * @param loaded what that came to
 * @param request for the file that was found, with the same environment and overrides
 * @param again the same files, with the same environment and overrides
 */
public record ServedConfig(
        ReadConfig first, LoadedConfig loaded, ConfigRequest request, Supplier<ReadConfig> again) {
    /** A configuration that was read from a file, which is read again under the same name. */
    public static ServedConfig of(
            ReadConfig first, LoadedConfig loaded, ConfigRequest request, ConfigLoader loader) {
        ConfigRequest again =
                new ConfigRequest(
                        new ConfigSource.InFile(Path.of(loaded.source())),
                        request.sets(),
                        request.environment(),
                        request.workingDirectory());
        return new ServedConfig(first, loaded, again, () -> loader.read(again));
    }

    /** A configuration at hand, which never changes. */
    static ServedConfig fixed(GemproxyConfig config, String source) {
        LoadedConfig loaded = new ConfigResult.LoadedConfig(config, List.of(), source);
        ReadConfig read = new ReadConfig(loaded, List.of(), List.of(), SettingValues.NONE);
        ConfigRequest nothing =
                new ConfigRequest(new ConfigSource.Search(), List.of(), Map.of(), Path.of(""));
        return new ServedConfig(read, loaded, nothing, () -> read);
    }

    /** What the server starts with. */
    public GemproxyConfig config() {
        return loaded.config();
    }
}
