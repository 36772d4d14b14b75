package io.gemproxy.server.telemetry;

import io.gemproxy.server.exchange.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code telemetry} section.
 *
 * @param endpoint of an OTLP/HTTP collector; without one nothing is made or loaded
 * @param headers for the collector, in the form of {@link CollectorHeaders}
 * @param traces whether spans are sent
 * @param metrics whether metrics are sent
 * @param interval between two sendings of metrics
 * @param samplePercent 0 to 100, of the requests whose caller does not say whether it samples
 * @param serviceName {@code service.name}
 */
public record TelemetryConfig(
        Optional<URI> endpoint,
        Optional<Secret> headers,
        boolean traces,
        boolean metrics,
        Duration interval,
        int samplePercent,
        String serviceName) {
    /** Whether a text is written as {@code headers} must be. */
    public static boolean isHeaders(String text) {
        return CollectorHeaders.parse(text).isPresent();
    }
}
