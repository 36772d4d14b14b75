package io.gemproxy.server.reload.writing;

import io.gemproxy.server.config.ConfigFile;
import io.gemproxy.server.config.ConfigLoader;
import io.gemproxy.server.config.ConfigRequest;
import io.gemproxy.server.config.ConfigResult;
import io.gemproxy.server.config.ConfigSource;
import io.gemproxy.server.config.EffectiveValue;
import io.gemproxy.server.config.Layer;
import io.gemproxy.server.reload.ConfigVersions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the files of the configuration and judges what might stand in them. */
final class ConfigDisk {
    /** As much as the loader takes, and one byte. */
    private static final int MOST_BYTES = (1 << 20) + 1;

    private static final String KEYS_FILE = "gemini.api_keys_file";

    private final ConfigRequest request;
    private final ConfigLoader loader;
    private final ConfigVersions versions;

    /**
     * @param request as the server was started with; its file is looked for anew by nobody
     */
    ConfigDisk(ConfigRequest request, ConfigLoader loader, ConfigVersions versions) {
        this.request = request;
        this.loader = loader;
        this.versions = versions;
    }

    /** What stands on disk now. */
    DiskConfig read(Path main) throws IOException {
        ConfigFile file = file(main);
        return DiskConfig.of(file, keysFile(file), versions);
    }

    private Optional<ConfigFile> keysFile(ConfigFile main) throws IOException {
        Optional<Path> path =
                keysFileSetting(main)
                        .map(it -> request.workingDirectory().resolve(it.value().toString()));
        return path.isPresent() && Files.isRegularFile(path.get())
                ? Optional.of(file(path.get()))
                : Optional.empty();
    }

    /** The same with another {@code proxy.yaml}, which may name another file of keys. */
    DiskConfig with(ConfigFile main) throws IOException {
        return DiskConfig.of(main, keysFile(main), versions);
    }

    /** Whether the file of keys is named by something that lies over {@code proxy.yaml}. */
    boolean keysFileIsNamedElsewhere(ConfigFile main) {
        return keysFileSetting(main).filter(it -> it.layer() != Layer.FILE).isPresent();
    }

    private Optional<EffectiveValue> keysFileSetting(ConfigFile main) {
        return loader.effective(given(main), KEYS_FILE);
    }

    /** As much of a file as tells whether it is what was read. */
    static ConfigFile file(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return new ConfigFile(path, in.readNBytes(MOST_BYTES));
        }
    }

    /** What a server would say to this {@code proxy.yaml}. */
    ConfigResult judge(ConfigFile main) {
        return loader.load(given(main));
    }

    private ConfigRequest given(ConfigFile main) {
        return new ConfigRequest(
                new ConfigSource.Given(name(main.path()), new ByteArrayInputStream(main.bytes())),
                request.sets(),
                request.environment(),
                request.workingDirectory());
    }

    /** As an operator in the working directory would name it. */
    String name(Path path) {
        Path here = request.workingDirectory().toAbsolutePath().normalize();
        Path there = here.resolve(path).normalize();
        return there.startsWith(here) ? here.relativize(there).toString() : there.toString();
    }

    List<String> names(List<Path> paths) {
        return paths.stream().map(this::name).toList();
    }
}
