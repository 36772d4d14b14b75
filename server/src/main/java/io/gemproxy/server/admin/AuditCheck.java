package io.gemproxy.server.admin;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.function.BooleanSupplier;

/** Not ready while the audit log cannot be written and {@code audit.on_failure} is block. */
final class AuditCheck implements HealthCheck {
    private final BooleanSupplier accepting;

    AuditCheck(BooleanSupplier accepting) {
        this.accepting = accepting;
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(accepting.getAsBoolean()).build();
    }
}
