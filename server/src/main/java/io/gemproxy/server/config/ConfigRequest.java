package io.gemproxy.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to load and what to lay over it.
 *
 * @param source of the YAML
 * @param sets the values of {@code --set}, each {@code path.to.key=value}, the last one winning
 * @param environment of the process
 * @param workingDirectory what relative paths are relative to
 */
public record ConfigRequest(
        ConfigSource source,
        List<String> sets,
        Map<String, String> environment,
        Path workingDirectory) {
    public ConfigRequest {
        sets = List.copyOf(sets);
        environment = Map.copyOf(environment);
    }

    /** Shows neither the environment nor the overrides, which may hold secrets. */
    @Override
    public String toString() {
        return "ConfigRequest[" + source + ", " + sets.size() + " overrides]";
    }
}
