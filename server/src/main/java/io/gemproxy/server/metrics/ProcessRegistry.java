package io.gemproxy.server.metrics;

import io.helidon.config.Config;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.service.registry.Services;

/**
 * Helidon's meters of this process. Helidon is given an empty configuration first: by itself it
 * would read {@code application.yaml} and its like from the working directory and the class path,
 * and every variable of the environment, of which none is ours.
 */
public final class ProcessRegistry {
    private static final MeterRegistry METERS = open();

    private ProcessRegistry() {}

    /** The one registry that has a Prometheus side (ADR 0006); slow when it is asked for first. */
    public static MeterRegistry get() {
        return METERS;
    }

    private static MeterRegistry open() {
        Services.set(Config.class, Config.empty());
        return Services.get(MeterRegistry.class);
    }
}
