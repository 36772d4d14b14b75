package io.gemproxy.cli.admin;

import io.gemproxy.cli.installation.ConfigOption;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --server} and {@code --token-file}, for commands that ask the admin port. */
public final class AdminOption {
    @Mixin private ConfigOption config = new ConfigOption();

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "The admin API, as http://127.0.0.1:9090 or unix:/run/gemproxy/admin.sock; else"
                            + " $GEMPROXY_SERVER_URL, else what the configuration says, its Unix socket"
                            + " first.")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "Holds an admin token; else $GEMPROXY_ADMIN_TOKEN, else one is minted from the"
                            + " configuration.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "For https: trust the certificates (PEM) in this file and no others; else those that"
                            + " Java trusts and, on the server's machine, the one of its configuration.")
    private @Nullable Path authorities;

    /** Which configuration the server has. */
    public ConfigOption config() {
        return config;
    }

    /** Whether {@code --server} was given. */
    public boolean namesServer() {
        return server != null;
    }

    Optional<String> server() {
        return Optional.ofNullable(server);
    }

    Optional<Path> authorities() {
        return Optional.ofNullable(authorities);
    }

    Optional<Path> tokenFile() {
        return Optional.ofNullable(tokenFile);
    }
}
