package io.gemproxy.server.admin;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.Supplier;

/** Readiness: the server is not on its way out. */
record DrainCheck(Supplier<ServerStatus> status) implements HealthCheck {
    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public HealthCheckResponse call() {
        boolean draining = status.get().draining();
        return HealthCheckResponse.builder().status(!draining).detail("draining", draining).build();
    }
}
