package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.KeyStatus;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Readiness: some pooled key can serve, now or after a rest. */
record UsableKeyCheck(BooleanSupplier anyUsable, Supplier<List<KeyStatus>> keys)
        implements HealthCheck {
    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public HealthCheckResponse call() {
        List<KeyStatus> all = keys.get();
        long healthy = all.stream().filter(key -> key.state().equals("Healthy")).count();
        return HealthCheckResponse.builder()
                .status(anyUsable.getAsBoolean())
                .detail("healthy", healthy)
                .detail("total", all.size())
                .build();
    }
}
