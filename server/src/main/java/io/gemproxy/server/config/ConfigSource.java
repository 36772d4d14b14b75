package io.gemproxy.server.config;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Where the YAML comes from. */
public sealed interface ConfigSource {
    /** The file of {@code --config} if it was given, else the usual search. */
    static ConfigSource named(Optional<Path> file) {
        return file.<ConfigSource>map(InFile::new).orElseGet(Search::new);
    }

    /**
     * The usual search: {@code $GEMPROXY_CONFIG}, {@code ./config/proxy.yaml}, {@code
     * /etc/gemproxy/proxy.yaml}.
     */
    record Search() implements ConfigSource {}

    /**
     * A named file.
     *
     * @param path relative to the working directory of the request
     */
    record InFile(Path path) implements ConfigSource {}

    /**
     * A text already at hand, as in {@code validate -} or {@code PUT /api/config}.
     *
     * @param name shown where a file's name would stand
     * @param bytes read to its end (or to just over 1 MiB) by the loader, closed by the caller
     */
    record Given(String name, InputStream bytes) implements ConfigSource {}
}
