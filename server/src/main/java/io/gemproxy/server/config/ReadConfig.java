package io.gemproxy.server.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A configuration as a server read it, with what tells later whether it has changed.
 *
 * @param result of the load
 * @param files {@code proxy.yaml}, then {@code gemini.api_keys_file} if there is one, as far as
 *     they could be read; empty for a text at hand
 * @param watched every file whose change a reload would put into effect, read or not; absolute
 * @param values what every setting comes to
 */
public record ReadConfig(
        ConfigResult result, List<ConfigFile> files, List<Path> watched, SettingValues values) {}
