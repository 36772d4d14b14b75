package io.gemproxy.cli.installation;

import io.gemproxy.server.config.ConfigSource;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config}, for commands that read the server's configuration. */
public final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The server's configuration; else $GEMPROXY_CONFIG, ./config/proxy.yaml,"
                            + " /etc/gemproxy/proxy.yaml.")
    private @Nullable Path file;

    public ConfigSource source() {
        return ConfigSource.named(Optional.ofNullable(file));
    }
}
