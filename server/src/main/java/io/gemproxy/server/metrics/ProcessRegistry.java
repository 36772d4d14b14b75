package io.gemproxy.server.metrics;

import io.helidon.common.mapper.DefaultMapperProvider__ServiceDescriptor;
import io.helidon.common.mapper.DefaultResolverService__ServiceDescriptor;
import io.helidon.common.mapper.MappersFactory__ServiceDescriptor;
import io.helidon.config.Config;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MeterRegistryFactory__ServiceDescriptor;
import io.helidon.metrics.api.MetricsFactoryFactory__ServiceDescriptor;
import io.helidon.service.registry.GlobalServiceRegistry;
import io.helidon.service.registry.ServiceRegistryConfig;
import io.helidon.service.registry.ServiceRegistryManager;
import io.helidon.service.registry.Services;

/**
 * Helidon's meters of this process, from a registry of services that holds what Helidon's parts ask
 * for here and nothing else: what meters need, and what reads parameters of queries. By itself
 * Helidon would look for services in all of the class path, which takes a tenth of a start, and
 * read {@code application.yaml} and its like from the working directory and the class path, and
 * every variable of the environment, of which none is ours.
 */
public final class ProcessRegistry {
    private static final MeterRegistry METERS = open();

    private ProcessRegistry() {}

    /** The one registry that has a Prometheus side (ADR 0006); slow when it is asked for first. */
    public static MeterRegistry get() {
        return METERS;
    }

    private static MeterRegistry open() {
        GlobalServiceRegistry.registry(ServiceRegistryManager.create(services()).registry());
        return Services.get(MeterRegistry.class);
    }

    @SuppressWarnings("removal") // the provider of meters still asks for the older Config
    private static ServiceRegistryConfig services() {
        Config nothing = Config.empty();
        return ServiceRegistryConfig.builder()
                .discoverServices(false)
                .discoverServicesFromServiceLoader(false)
                .putContractInstance(Config.class, nothing)
                .putContractInstance(io.helidon.common.config.Config.class, nothing)
                .addServiceDescriptor(MappersFactory__ServiceDescriptor.INSTANCE)
                .addServiceDescriptor(DefaultMapperProvider__ServiceDescriptor.INSTANCE)
                .addServiceDescriptor(DefaultResolverService__ServiceDescriptor.INSTANCE)
                .addServiceDescriptor(MetricsFactoryFactory__ServiceDescriptor.INSTANCE)
                .addServiceDescriptor(MeterRegistryFactory__ServiceDescriptor.INSTANCE)
                .build();
    }
}
