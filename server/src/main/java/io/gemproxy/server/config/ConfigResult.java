package io.gemproxy.server.config;

import java.util.List;

/** What became of a load. */
public sealed interface ConfigResult {
    /**
     * Everything there is to say, in the order of the places; never holds a secret.
     *
     * @return errors, warnings and notices
     */
    List<Finding> findings();

    /** The name of the file or text that was loaded, or that was looked for. */
    String source();

    /**
     * A configuration the server may start from.
     *
     * @param config the values
     * @param findings warnings and notices
     * @param source the name of the file or text
     */
    record LoadedConfig(GemproxyConfig config, List<Finding> findings, String source)
            implements ConfigResult {}

    /**
     * A configuration the server must not start from.
     *
     * @param findings at least one error among them
     * @param source the name of the file or text
     */
    record InvalidConfig(List<Finding> findings, String source) implements ConfigResult {}
}
