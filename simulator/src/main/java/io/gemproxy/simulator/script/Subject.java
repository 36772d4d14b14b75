package io.gemproxy.simulator.script;

import org.jspecify.annotations.Nullable;

/** What a script line can ask about a request. */
public record Subject(
        long number,
        String method,
        String path,
        @Nullable String key,
        @Nullable String project,
        @Nullable String model) {}
