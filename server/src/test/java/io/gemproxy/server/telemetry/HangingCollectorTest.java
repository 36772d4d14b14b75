package io.gemproxy.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.metrics.FinishedExchanges;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A collector that takes connections and never answers. */
final class HangingCollectorTest {
    private static final int MORE_THAN_ANY_QUEUE = 20_000;

    /** Whoever waited for an answer would wait for a day. */
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nobodyWaitsForIt() throws Exception {
        TelemetryConfig config =
                new TelemetryConfig(
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        true,
                        Duration.ofMillis(10),
                        100,
                        "gemproxy");
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI endpoint = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            Telemetry telemetry =
                    Telemetry.start(
                            config,
                            endpoint,
                            Duration.ofDays(1),
                            "1",
                            URI.create("https://google.example"));
            try (telemetry) {
                for (int i = 0; i < MORE_THAN_ANY_QUEUE; i++) {
                    telemetry.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "key"));
                }
                try (Socket told = silent.accept()) {
                    assertTrue(told.isConnected(), "it was never told anything");
                }
            }
        }
    }
}
