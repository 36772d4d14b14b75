package io.gemproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.LimitPolicy;
import io.gemproxy.server.exchange.QuotaKind;
import io.gemproxy.server.exchange.Rejection;
import io.helidon.metrics.api.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock("metrics")
class RequestMetricsTest {
    private final MeterRegistry registry = ProcessRegistry.get();
    private final Meters meters = new Meters(registry);
    private final RequestMetrics metrics = new RequestMetrics(meters);
    private final MetricsText text = new MetricsText(registry, () -> {});

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void countsRequestsByOperationModelStatusAndResult() {
        metrics.finished(FinishedExchanges.success("gemini-a", Duration.ofMillis(40), "k1"));
        metrics.finished(FinishedExchanges.success("gemini-a", Duration.ofMillis(40), "k1"));
        metrics.finished(
                FinishedExchanges.failure("gemini-a", 503, new AttemptOutcome.Overloaded(), "k1"));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(
                2,
                read.value(
                        "gemini_proxy_requests_total",
                        "operation",
                        "generate_content",
                        "model",
                        "gemini-a",
                        "status",
                        "200",
                        "result",
                        "Success"));
        assertEquals(
                1, read.value("gemini_proxy_requests_total", "status", "503", "result", "Failure"));
        assertEquals("counter", read.types().get("gemini_proxy_requests_total"));
    }

    @Test
    void timesDurationOverheadAndFirstByteInSeconds() {
        metrics.finished(FinishedExchanges.success("gemini-a", Duration.ofMillis(40), "k1"));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(0.04, read.value("gemini_proxy_request_duration_seconds_sum"), 1e-9);
        assertEquals(1, read.value("gemini_proxy_request_duration_seconds_bucket", "le", "0.05"));
        assertEquals(0, read.value("gemini_proxy_request_duration_seconds_bucket", "le", "0.025"));
        assertEquals(0.0003, read.value("gemini_proxy_overhead_seconds_sum"), 1e-9);
        assertEquals(0.02, read.value("gemini_proxy_time_to_first_byte_seconds_sum"), 1e-9);
    }

    @Test
    void countsAttemptsKeyUseAndRotations() {
        metrics.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "bad", "good"));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(
                1, read.value("gemini_proxy_upstream_attempts_total", "outcome", "key_refused"));
        assertEquals(1, read.value("gemini_proxy_upstream_attempts_total", "outcome", "success"));
        assertEquals(
                1,
                read.value(
                        "gemini_proxy_api_key_usage_total",
                        "key",
                        "bad",
                        "outcome",
                        "key_refused"));
        assertEquals(1, read.value("gemini_proxy_key_rotations_total"));
    }

    @Test
    void countsTokensByType() {
        metrics.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "k"));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(10, read.value("gemini_proxy_tokens_total", "type", "prompt"));
        assertEquals(4, read.value("gemini_proxy_tokens_total", "type", "cached"));
        assertEquals(5, read.value("gemini_proxy_tokens_total", "type", "candidates"));
        assertEquals(2, read.value("gemini_proxy_tokens_total", "type", "thoughts"));
        assertEquals(1, read.value("gemini_proxy_tokens_total", "type", "tool_use"));
    }

    @Test
    void countsRefusalsAtTheDoor() {
        for (String detail : List.of("TOKEN_EXPIRED", "credential_absent", "TOKEN_EXPIRED")) {
            metrics.finished(FinishedExchanges.refused("m", new Rejection.Unauthenticated(detail)));
        }
        metrics.finished(
                FinishedExchanges.refused(
                        "m",
                        new Rejection.Limited(
                                LimitPolicy.CLIENT, "slow down", Duration.ofSeconds(3))));
        metrics.finished(
                FinishedExchanges.refused(
                        "m",
                        new Rejection.Exhausted(
                                "KEYS_COOLING", "slow down", Duration.ofSeconds(3))));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(2, read.value("gemini_proxy_auth_failures_total", "reason", "token_expired"));
        assertEquals(
                1, read.value("gemini_proxy_auth_failures_total", "reason", "credential_absent"));
        assertEquals(1, read.value("gemini_proxy_rate_limited_total", "policy", "client"));
        assertEquals(1, read.value("gemini_proxy_rate_limited_total", "policy", "pool"));
    }

    @Test
    void foldsModelsGoogleNeverAnsweredForIntoOther() {
        for (int i = 0; i < 1000; i++) {
            metrics.finished(
                    FinishedExchanges.failure(
                            "invented-" + i, 404, new AttemptOutcome.ClientFault(404), "k"));
        }
        metrics.finished(FinishedExchanges.success("real", Duration.ofMillis(1), "k"));

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(
                1000, read.value("gemini_proxy_requests_total", "model", "other", "status", "404"));
        assertEquals(1, read.value("gemini_proxy_requests_total", "model", "real"));
        assertEquals(2, read.series("gemini_proxy_requests_total"));
    }

    @Test
    void keepsAtMostTwoHundredModelLabels() {
        for (int i = 0; i < 300; i++) {
            metrics.finished(FinishedExchanges.success("m" + i, Duration.ofMillis(1), "k"));
        }

        PrometheusText read = PrometheusText.parse(text.scrape());

        assertEquals(201, read.series("gemini_proxy_requests_total"));
        assertEquals(100, read.value("gemini_proxy_requests_total", "model", "other"));
    }

    @Test
    void neverWritesAHostileModelNameOrAClient() {
        for (String hostile :
                new String[] {"a\"} 1\nevil 2", "x".repeat(70), "é", "", "\u202e", "{}", "a b"}) {
            metrics.finished(FinishedExchanges.success(hostile, Duration.ofMillis(1), "k"));
            metrics.finished(
                    FinishedExchanges.failure(
                            hostile,
                            429,
                            AttemptOutcome.QuotaExceeded.of(
                                    QuotaKind.REQUESTS_PER_DAY, Optional.empty()),
                            "k"));
        }

        String scraped = text.scrape();

        assertFalse(scraped.contains("evil"));
        assertFalse(scraped.contains("private-client"));
        assertEquals(2, PrometheusText.parse(scraped).series("gemini_proxy_requests_total"));
    }

    @Test
    void takesItsMetersBackWhenClosed() {
        metrics.finished(FinishedExchanges.success("m", Duration.ofMillis(1), "k"));
        assertTrue(text.scrape().contains("gemini_proxy_requests_total"));

        meters.close();

        assertFalse(text.scrape().contains("gemini_proxy_"));
    }

    @Test
    void theTestsOwnReaderRefusesWhatPrometheusWould() {
        for (String bad :
                new String[] {
                    "a 1\n",
                    "# TYPE a counter\na 1",
                    "# TYPE a counter\na{b=c} 1\n",
                    "# TYPE a counter\na{b=\"c\nd\"} 1\n",
                    "# TYPE a counter\na 1\na 2\n",
                    "# TYPE a histogram\na{quantile=\"0.5\"} 1\na_count 1\n",
                    "# TYPE a counter\na one\n"
                }) {
            assertThrows(IllegalArgumentException.class, () -> PrometheusText.parse(bad), bad);
        }
    }
}
