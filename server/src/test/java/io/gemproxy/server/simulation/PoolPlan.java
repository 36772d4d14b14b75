package io.gemproxy.server.simulation;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.ProjectId;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.keys.KeyConfig;
import io.gemproxy.server.keys.KeysConfig;
import io.gemproxy.server.keys.quota.LimitsConfig;
import io.gemproxy.simulator.quota.Quota;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Twenty keys in eight projects of different sizes. */
record PoolPlan(List<PlannedKey> keys, List<PlannedProject> projects) {
    private static final int[] KEYS = {5, 4, 3, 2, 2, 2, 1, 1};
    private static final int[] REQUESTS_PER_MINUTE = {5, 10, 10, 15, 20, 5, 10, 5};
    private static final long DAY_IN_MINUTES_OF_FULL_USE = 50;
    private static final long TOKENS_PER_REQUEST = 1_500;

    record PlannedKey(KeyId id, PlannedProject project) {}

    /**
     * @param rolling whether Google counts its minutes rolling
     */
    record PlannedProject(ProjectId id, Quota quota, boolean rolling) {}

    static PoolPlan standard() {
        List<PlannedKey> keys = new ArrayList<>();
        List<PlannedProject> projects = new ArrayList<>();
        for (int i = 0; i < KEYS.length; i++) {
            long perMinute = REQUESTS_PER_MINUTE[i];
            Quota quota =
                    new Quota(
                            perMinute,
                            perMinute * DAY_IN_MINUTES_OF_FULL_USE,
                            perMinute * TOKENS_PER_REQUEST);
            PlannedProject project =
                    new PlannedProject(new ProjectId("project-" + (i + 1)), quota, i % 2 == 1);
            projects.add(project);
            for (int key = 0; key < KEYS[i]; key++) {
                keys.add(new PlannedKey(new KeyId("key-%02d".formatted(keys.size() + 1)), project));
            }
        }
        return new PoolPlan(List.copyOf(keys), List.copyOf(projects));
    }

    long requestsPerMinute() {
        return projects.stream().mapToLong(project -> project.quota().requestsPerMinute()).sum();
    }

    long requestsPerDay() {
        return projects.stream().mapToLong(project -> project.quota().requestsPerDay()).sum();
    }

    KeysConfig config(KeysConfig.Selection selection, boolean limitsConfigured) {
        return new KeysConfig(
                selection, keys.stream().map(key -> config(key, limitsConfigured)).toList());
    }

    private static KeyConfig config(PlannedKey key, boolean limitsConfigured) {
        return new KeyConfig(
                key.id(),
                Secret.of("value-of-" + key.id().value()),
                key.project().id(),
                1,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                limitsConfigured
                        ? Map.of(KeyConfig.ANY_MODEL, limits(key.project().quota()))
                        : Map.of());
    }

    private static LimitsConfig limits(Quota quota) {
        return new LimitsConfig(
                OptionalLong.of(quota.requestsPerMinute()),
                OptionalLong.of(quota.tokensPerMinute()),
                OptionalLong.of(quota.requestsPerDay()),
                OptionalLong.empty());
    }
}
