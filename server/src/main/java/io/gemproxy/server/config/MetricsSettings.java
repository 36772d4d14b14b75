package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.optional;

import java.util.List;

/** The rows of the table of settings that are about the metrics. */
final class MetricsSettings {
    private MetricsSettings() {}

    static List<Setting> all() {
        return List.of(
                flag("metrics.enabled", "true", "Whether /metrics is served.").onRestart(),
                optional(
                                "metrics.prometheus_port",
                                new Kind.Whole(0, 65_535),
                                "9090",
                                "The older name of admin.port.")
                        .onRestart(),
                flag("metrics.compat_names", "false", "Whether older metric names are kept too.")
                        .onRestart());
    }
}
