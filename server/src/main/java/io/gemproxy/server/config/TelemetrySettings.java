package io.gemproxy.server.config;

import static io.gemproxy.server.config.Rows.flag;
import static io.gemproxy.server.config.Rows.optional;
import static io.gemproxy.server.config.Rows.seconds;
import static io.gemproxy.server.config.Rows.secret;
import static io.gemproxy.server.config.Rows.standard;
import static io.gemproxy.server.config.Rows.whole;

import java.util.List;

/** The rows of the table of settings that are about what a collector is told. */
final class TelemetrySettings {
    private TelemetrySettings() {}

    static List<Setting> all() {
        return List.of(
                optional(
                                "telemetry.otlp.endpoint",
                                new Kind.Origin(),
                                "http://127.0.0.1:4318",
                                "An OTLP/HTTP collector; without one nothing is sent.")
                        .onRestart(),
                secret(
                                "telemetry.otlp.headers",
                                "${OTLP_HEADERS}",
                                "Header fields for the collector: name=value,name=value, values"
                                        + " percent-encoded.")
                        .onRestart(),
                flag("telemetry.otlp.traces", "true", "Whether it is sent spans.").onRestart(),
                flag("telemetry.otlp.metrics", "true", "Whether it is sent metrics.").onRestart(),
                seconds("telemetry.otlp.interval_seconds", 3_600, "60", "Between two of metrics.")
                        .onRestart(),
                whole(
                                "telemetry.otlp.sample_percent",
                                0,
                                100,
                                "100",
                                "Of the requests whose caller does not say whether it samples.")
                        .onRestart(),
                standard(
                                "telemetry.service_name",
                                new Kind.Name(),
                                "gemproxy",
                                "What the collector calls this server.")
                        .onRestart());
    }
}
