package io.gemproxy.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a bench is to be like.
 *
 * @param keys the pool
 * @param heap the process's {@code -Xmx}
 * @param record how many requests the simulator keeps
 * @param bodyCap how many bytes of each body the simulator keeps
 * @param breakerSeconds how long a key's breaker opens the first time, and how long it comes back
 */
record BenchOptions(
        List<PooledKey> keys, String heap, int record, int bodyCap, int breakerSeconds) {
    private static final int USUAL_BREAKER = 30;

    /** Keys of these weights, each in a project of its own. */
    static BenchOptions keys(int... weights) {
        List<PooledKey> keys =
                IntStream.range(0, weights.length)
                        .mapToObj(i -> PooledKey.number(i + 1, weights[i]))
                        .toList();
        return new BenchOptions(keys, "256m", 10_000, 1 << 20, USUAL_BREAKER);
    }

    /** Keys of equal weight, so many in each project. */
    static BenchOptions projects(int... keysOfProjects) {
        List<PooledKey> keys = new ArrayList<>();
        for (int project = 0; project < keysOfProjects.length; project++) {
            for (int key = 0; key < keysOfProjects[project]; key++) {
                PooledKey alone = PooledKey.number(keys.size() + 1, 1);
                keys.add(new PooledKey(alone.id(), alone.value(), "project-" + (project + 1), 1));
            }
        }
        return new BenchOptions(List.copyOf(keys), "256m", 10_000, 1 << 20, USUAL_BREAKER);
    }

    BenchOptions heap(String most) {
        return new BenchOptions(keys, most, record, bodyCap, breakerSeconds);
    }

    BenchOptions breaker(int seconds) {
        return new BenchOptions(keys, heap, record, bodyCap, seconds);
    }

    String yaml(String upstream, String jwtSecret, String adminPassword) {
        StringBuilder yaml =
                new StringBuilder(
                        """
                        server: {host: 127.0.0.1, port: 0, shutdown_grace_seconds: 5, tls: {enabled: false}}
                        admin: {host: 127.0.0.1, port: 0}
                        logging: {level: debug}
                        """);
        yaml.append("auth: {jwt_secret: \"").append(jwtSecret);
        yaml.append("\", admin_password: \"").append(adminPassword).append("\"}\n");
        yaml.append("gemini:\n  base_url: ").append(upstream);
        yaml.append(
                "\n  breaker: {open_seconds: %1$d, slow_start_seconds: %1$d}"
                        .formatted(breakerSeconds));
        yaml.append("\n  api_keys:\n");
        for (PooledKey key : keys) {
            yaml.append(
                    "    - {id: %s, key: \"%s\", project: %s, weight: %d}\n"
                            .formatted(key.id(), key.value(), key.project(), key.weight()));
        }
        return yaml.toString();
    }
}
