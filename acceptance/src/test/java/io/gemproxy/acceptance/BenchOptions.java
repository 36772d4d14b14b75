package io.gemproxy.acceptance;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a bench is to be like.
 *
 * @param keys the pool
 * @param heap the process's {@code -Xmx}
 * @param record how many requests the simulator keeps
 * @param bodyCap how many bytes of each body the simulator keeps
 */
record BenchOptions(List<PooledKey> keys, String heap, int record, int bodyCap) {
    /** Keys of these weights, each in a project of its own. */
    static BenchOptions keys(int... weights) {
        List<PooledKey> keys =
                IntStream.range(0, weights.length)
                        .mapToObj(i -> PooledKey.number(i + 1, weights[i]))
                        .toList();
        return new BenchOptions(keys, "256m", 10_000, 1 << 20);
    }

    BenchOptions heap(String most) {
        return new BenchOptions(keys, most, record, bodyCap);
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
        yaml.append("gemini:\n  base_url: ").append(upstream).append("\n  api_keys:\n");
        for (PooledKey key : keys) {
            yaml.append(
                    "    - {id: %s, key: \"%s\", project: %s, weight: %d}\n"
                            .formatted(key.id(), key.value(), key.project(), key.weight()));
        }
        return yaml.toString();
    }
}
