package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.KeyId;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.metrics.api.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class ServerMetersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");

    private final MeterRegistry registry = ProcessRegistry.get();
    private final Meters meters = new Meters(registry);
    private final List<KeyMeasure> keys = new ArrayList<>();
    private final KeyGauges gauges = new KeyGauges(meters, () -> List.copyOf(keys));
    private final MetricsText text = new MetricsText(registry, gauges::refresh);
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicLong audited = new AtomicLong();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void readsTheServersValuesAtEachScrape() {
        register();
        active.set(3);
        audited.set(41);

        assertEquals(3, scrape().value("gemini_proxy_active_requests"));
        assertEquals(41, scrape().value("gemini_proxy_audit_records_total"));
        audited.set(42);
        assertEquals(42, scrape().value("gemini_proxy_audit_records_total"));
        assertEquals(2, scrape().value("gemini_proxy_audit_records_lost_total"));
        assertEquals(3, scrape().value("gemini_proxy_state_write_failures_total"));
        assertEquals(9, scrape().value("gemini_proxy_open_connections"));
        assertEquals(60, scrape().value("gemini_proxy_uptime_seconds"));
        assertEquals(1, scrape().value("gemini_proxy_build_info", "version", "0.1.0"));
    }

    @Test
    void tellsOfTheProcessWhatTheSystemSays() {
        register();

        PrometheusText read = scrape();

        for (String name : new String[] {"cpu_seconds", "heap_used_bytes", "threads"}) {
            assertTrue(read.value("gemini_proxy_process_" + name) > 0, name);
        }
        for (String name : new String[] {"resident_memory_bytes", "open_fds", "max_fds"}) {
            assertEquals(1, read.series("gemini_proxy_process_" + name), name);
        }
    }

    @Test
    void leavesOutWhatTheSystemDoesNotSay() {
        ProcessFacts elsewhere = new ProcessFacts(Path.of("not-there"));

        ServerMeters.register(meters, facts(active::get), elsewhere, InstantSource.fixed(NOW));

        assertEquals(0, scrape().series("gemini_proxy_process_resident_memory_bytes"));
        assertEquals(OptionalDouble.empty(), elsewhere.residentBytes());
    }

    @Test
    void aSecondServerInOneProcessReadsItsOwnValues() {
        register();
        active.set(5);

        try (Meters second = new Meters(registry)) {
            ServerMeters.register(
                    second, facts(() -> 17), new ProcessFacts(), InstantSource.fixed(NOW));
            assertEquals(17, scrape().value("gemini_proxy_active_requests"));
        }
    }

    @Test
    void keysComeAndGoWithTheirGauges() {
        keys.add(key("a", 1.0));
        keys.add(key("b", 0.25));
        assertEquals(0.25, scrape().value("gemini_proxy_api_key_health", "key", "b"));

        keys.set(0, key("a", 0.5));
        keys.remove(1);

        assertEquals(0.5, scrape().value("gemini_proxy_api_key_health", "key", "a"));
        assertEquals(1, scrape().series("gemini_proxy_api_key_health"));
        assertEquals(1, scrape().series("gemini_proxy_circuit_breaker_state"));
    }

    @Test
    void breakersTellWhereTheyStandAndHowOftenTheyOpened() {
        keys.add(new KeyMeasure(new KeyId("a"), 0.3, KeyMeasure.Breaker.OPEN, 3));
        assertEquals(2, scrape().value("gemini_proxy_circuit_breaker_state", "key", "a"));
        assertEquals(3, scrape().value("gemini_proxy_circuit_breaker_trips_total", "key", "a"));

        keys.set(0, new KeyMeasure(new KeyId("a"), 0.3, KeyMeasure.Breaker.HALF_OPEN, 4));

        assertEquals(1, scrape().value("gemini_proxy_circuit_breaker_state", "key", "a"));
        assertEquals(4, scrape().value("gemini_proxy_circuit_breaker_trips_total", "key", "a"));
    }

    @Test
    void onlyTheFirstThousandKeysHaveGauges() {
        for (int i = 0; i < 1001; i++) {
            keys.add(key("key-" + i, 1.0));
        }

        assertEquals(1000, scrape().series("gemini_proxy_api_key_health"));
    }

    @Test
    void theOlderNamesAreThereWhenAskedFor() {
        CompatMetrics compat = new CompatMetrics(meters);
        compat.finished(FinishedExchanges.success("m", Duration.ofMillis(30), "bad", "good"));
        compat.finished(FinishedExchanges.refused("m", new Rejection.Unauthenticated("x")));

        PrometheusText read = scrape();

        assertEquals(2, read.value("gemini_proxy_response_duration_seconds_count"));
        assertEquals(1, read.value("http_requests_total", "method", "POST", "status", "200"));
        assertEquals(1, read.value("gemini_api_calls_total", "status", "success"));
        assertEquals(1, read.value("auth_failures_total"));
        assertEquals(1, read.value("api_key_usage", "key", "bad"));
    }

    private void register() {
        ServerMeters.register(
                meters, facts(active::get), new ProcessFacts(), InstantSource.fixed(NOW));
    }

    private ServerFacts facts(IntSupplier activeRequests) {
        return new ServerFacts(
                "0.1.0",
                NOW.minusSeconds(60),
                activeRequests,
                () -> 9,
                audited::get,
                () -> 2,
                () -> 3);
    }

    private PrometheusText scrape() {
        return PrometheusText.parse(text.scrape());
    }

    private static KeyMeasure key(String id, double health) {
        return new KeyMeasure(new KeyId(id), health, KeyMeasure.Breaker.CLOSED, 0);
    }
}
