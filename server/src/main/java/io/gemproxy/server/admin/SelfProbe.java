package io.gemproxy.server.admin;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.BooleanSupplier;

/**
 * Liveness: what a probe of one of our own listeners last found. A listener whose accept loop died
 * still looks like it runs, so somebody has to knock.
 *
 * @param listener the name of what is probed
 * @param accepts the last finding; must not block
 */
public record SelfProbe(String listener, BooleanSupplier accepts) implements HealthCheck {
    @Override
    public HealthCheckType type() {
        return HealthCheckType.LIVENESS;
    }

    @Override
    public String name() {
        return "listener_" + listener;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(accepts.getAsBoolean()).build();
    }
}
