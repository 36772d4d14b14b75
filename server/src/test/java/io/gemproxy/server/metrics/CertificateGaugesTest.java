package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.helidon.metrics.api.MeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class CertificateGaugesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final String EXPIRY = "gemini_proxy_certificate_expiry_seconds";

    private final MeterRegistry registry = ProcessRegistry.get();
    private final Meters meters = new Meters(registry);
    private final List<CertificateMeasure> served = new ArrayList<>();
    private final CertificateGauges gauges =
            new CertificateGauges(meters, () -> List.copyOf(served), InstantSource.fixed(NOW));
    private final MetricsText text = new MetricsText(registry, gauges::refresh);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void eachCertificateHasItsOwnSeconds() {
        served.add(new CertificateMeasure("proxy", "cert.pem", NOW.plusSeconds(86_400)));
        served.add(new CertificateMeasure("proxy", "other.pem", NOW.minusSeconds(60)));
        served.add(new CertificateMeasure("admin", "cert.pem", NOW.plusSeconds(5)));

        assertEquals(86_400, of("proxy", "cert.pem"));
        assertEquals(-60, of("proxy", "other.pem"));
        assertEquals(5, of("admin", "cert.pem"));
    }

    @Test
    void aRenewedOneIsReadAnewAndOneThatWentIsGone() {
        served.add(new CertificateMeasure("proxy", "cert.pem", NOW.plusSeconds(10)));
        assertEquals(10, of("proxy", "cert.pem"));

        served.set(0, new CertificateMeasure("proxy", "cert.pem", NOW.plusSeconds(20)));
        assertEquals(20, of("proxy", "cert.pem"));

        served.clear();
        assertFalse(text.scrape().contains(EXPIRY));
    }

    @Test
    void oneFileServedTwiceCountsByItsNearerEnd() {
        served.add(new CertificateMeasure("proxy", "cert.pem", NOW.plusSeconds(20)));
        served.add(new CertificateMeasure("proxy", "cert.pem", NOW.plusSeconds(10)));

        assertEquals(10, of("proxy", "cert.pem"));
    }

    @Test
    void changesOfTheFilesAreCounted() {
        gauges.register(result -> result.equals("served") ? 3 : 1);

        PrometheusText read = PrometheusText.parse(text.scrape());
        assertEquals(3, read.value("gemini_proxy_certificate_reloads_total", "result", "served"));
        assertEquals(1, read.value("gemini_proxy_certificate_reloads_total", "result", "refused"));
    }

    private double of(String listener, String file) {
        return PrometheusText.parse(text.scrape())
                .value(EXPIRY, "listener", listener, "file", file);
    }
}
