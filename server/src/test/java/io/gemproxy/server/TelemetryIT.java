package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a collector is told, over the wire, and what happens where it does not listen. */
final class TelemetryIT {
    private static final String PROMPT = "the-words-of-a-prompt-8kZaE";
    private static final String BODY =
            "{\"contents\":[{\"parts\":[{\"text\":\"" + PROMPT + "\"}]}]}";
    private static final String GENERATE = ServerFixture.FLASH + ":generateContent";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void aCallIsASpanWithItsAttemptsInTheCallersTrace() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                Wire.Reply reply =
                        all.post(GENERATE, BODY, "traceparent: 00-" + TRACE + "-" + PARENT + "-01");
                assertEquals(200, reply.status());
            }
            Span server = span(collector, Span.SpanKind.SPAN_KIND_SERVER);
            Span client = span(collector, Span.SpanKind.SPAN_KIND_CLIENT);
            assertEquals("generate_content gemini-2.5-flash", server.getName());
            assertEquals(TRACE, hex(server.getTraceId().toByteArray()));
            assertEquals(PARENT, hex(server.getParentSpanId().toByteArray()));
            assertEquals(server.getSpanId(), client.getParentSpanId());
            Map<String, String> said = OtlpCollector.attributes(server.getAttributesList());
            assertEquals("generate_content", said.get("gen_ai.operation.name"));
            assertEquals("gcp.gemini", said.get("gen_ai.provider.name"));
            assertEquals("gemini-2.5-flash", said.get("gen_ai.request.model"));
            assertEquals("127.0.0.1", said.get("server.address"));
            assertTrue(Long.parseLong(said.get("gen_ai.usage.input_tokens")) > 0);
            assertTrue(Long.parseLong(said.get("gen_ai.usage.output_tokens")) > 0);
            assertTrue(
                    OtlpCollector.attributes(client.getAttributesList())
                            .containsKey("gemproxy.key_id"));
            assertTrue(client.getEndTimeUnixNano() >= client.getStartTimeUnixNano());
            assertEquals(List.of("gemproxy"), collector.services.stream().distinct().toList());
            nothingSecret(collector);
        }
    }

    @Test
    void durationsAndTokensAreHistogramsOfTheConventions() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                assertEquals(200, all.post(GENERATE, BODY).status());
                assertEquals(200, all.get("/v1beta/models").status());
            }
            HistogramDataPoint duration =
                    metric(collector, "gen_ai.server.request.duration")
                            .getHistogram()
                            .getDataPoints(0);
            assertEquals(1, duration.getCount());
            assertEquals(14, duration.getExplicitBoundsCount());
            assertEquals(0.01, duration.getExplicitBounds(0));
            assertEquals(81.92, duration.getExplicitBounds(13), 1e-9);
            assertEquals("s", metric(collector, "gen_ai.server.time_to_first_token").getUnit());
            Metric tokens = metric(collector, "gen_ai.client.token.usage");
            assertEquals("{token}", tokens.getUnit());
            assertEquals(
                    List.of("input", "output"),
                    tokens.getHistogram().getDataPointsList().stream()
                            .map(point -> OtlpCollector.attributes(point.getAttributesList()))
                            .map(said -> said.get("gen_ai.token.type"))
                            .sorted()
                            .toList());
            assertEquals(
                    67_108_864.0, tokens.getHistogram().getDataPoints(0).getExplicitBounds(13));
            nothingSecret(collector);
        }
    }

    @Test
    void aRefusalIsAnErrorWithAWord() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                assertEquals(401, all.bare("POST", GENERATE, new byte[0], List.of()).status());
            }
            Span span = collector.spans.getFirst();
            assertEquals(Status.StatusCode.STATUS_CODE_ERROR, span.getStatus().getCode());
            Map<String, String> said = OtlpCollector.attributes(span.getAttributesList());
            assertNotEquals("", said.getOrDefault("error.type", ""));
            assertEquals("401", said.get("http.response.status_code"));
        }
    }

    @Test
    void whatTheCallerDoesNotSampleIsNotSent() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                all.post(GENERATE, BODY, "traceparent: 00-" + TRACE + "-" + PARENT + "-00");
            }
            assertEquals(List.of(), collector.spans);
        }
    }

    /** Were each request to wait for it, fifty would take the sender's ten seconds each. */
    @Test
    void aCollectorThatHangsSlowsNoRequestAndNoStop() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            long before = System.nanoTime();
            try (ServerFixture all = telling("http://127.0.0.1:" + silent.getLocalPort())) {
                for (int i = 0; i < 50; i++) {
                    assertEquals(200, all.post(GENERATE, BODY).status());
                }
            }
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            assertTrue(took.compareTo(ServerFixture.PATIENCE.multipliedBy(9)) < 0, "" + took);
        }
    }

    private static void nothingSecret(OtlpCollector collector) {
        assertFalse(collector.saw(PROMPT));
        for (byte[] body : collector.bodies) {
            Emissions.OF_THIS_RUN.emitted(
                    "what the collector was told", new String(body, StandardCharsets.ISO_8859_1));
        }
    }

    private static Span span(OtlpCollector collector, Span.SpanKind kind) {
        return collector.spans.stream()
                .filter(span -> span.getKind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Metric metric(OtlpCollector collector, String name) {
        return collector.metrics.stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ServerFixture telling(String endpoint) throws Exception {
        return ServerFixture.with().set("telemetry.otlp.endpoint=" + endpoint).start();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
