package io.gemproxy.server.reload.writing;

import com.fasterxml.jackson.databind.JsonNode;
import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.edit.ConfigTree;
import io.gemproxy.server.config.edit.NotEditable;
import io.gemproxy.server.reload.ConfigVersion;
import io.gemproxy.server.reload.ConfigVersions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration as it stands on disk, whether anybody could run with it or not.
 *
 * @param main {@code proxy.yaml}
 * @param keys the file of {@code gemini.api_keys_file}, if there is one
 * @param version of both
 */
record DiskConfig(ConfigFile main, Optional<ConfigFile> keys, ConfigVersion version) {
    static DiskConfig of(ConfigFile main, Optional<ConfigFile> keys, ConfigVersions versions) {
        return new DiskConfig(main, keys, versions.of(files(main, keys)));
    }

    /** {@code proxy.yaml}, then the file of keys if there is one. */
    List<ConfigFile> files() {
        return files(main, keys);
    }

    private static List<ConfigFile> files(ConfigFile main, Optional<ConfigFile> keys) {
        return Stream.concat(Stream.of(main), keys.stream()).toList();
    }

    /** The values of {@code proxy.yaml}; empty if it cannot be read. */
    Optional<JsonNode> values() {
        return values(main);
    }

    /** The values of the file that holds the list of keys; empty if it cannot be read. */
    static Optional<JsonNode> values(ConfigFile file) {
        try {
            return ConfigTree.read(file.path().toString(), file.bytes()).values();
        } catch (NotEditable unreadable) {
            return Optional.empty();
        }
    }

    /** All values; empty if something cannot be read. */
    Optional<JsonNode> whole() {
        return ConfigTree.of(files());
    }

    static String text(ConfigFile file) {
        return new String(file.bytes(), StandardCharsets.UTF_8);
    }
}
