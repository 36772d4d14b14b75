package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.simulator.record.Seen;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
            assertEquals("gemini-2.5-flash", said.get("gen_ai.response.model"));
            assertEquals(
                    "gemini-2.5-flash",
                    OtlpCollector.attributes(client.getAttributesList())
                            .get("gen_ai.response.model"));
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
            assertEquals(
                    1,
                    metric(collector, "gen_ai.client.operation.duration")
                            .getHistogram()
                            .getDataPoints(0)
                            .getCount());
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
            Metric input = metric(collector, "gen_ai.client.inference.usage.input_tokens");
            assertEquals("{token}", input.getUnit());
            assertTrue(input.getSum().getIsMonotonic());
            assertTrue(
                    OtlpCollector.attributes(input.getSum().getDataPoints(0).getAttributesList())
                            .containsKey("gen_ai.token.modality"));
            nothingSecret(collector);
        }
    }

    @Test
    void theChunksOfAStreamAreTimedUnderTheModelThatAnswered() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                String stream = ServerFixture.FLASH + ":streamGenerateContent";
                assertEquals(200, all.post(stream + "?alt=sse", BODY).status());
                assertEquals(200, all.post(stream, BODY).status());
            }
            HistogramDataPoint chunks =
                    metric(collector, "gen_ai.client.operation.time_per_output_chunk")
                            .getHistogram()
                            .getDataPoints(0);
            assertTrue(chunks.getCount() >= 2, () -> "timed: " + chunks.getCount());
            assertEquals(14, chunks.getExplicitBoundsCount());
            assertEquals(
                    "gemini-2.5-flash",
                    OtlpCollector.attributes(chunks.getAttributesList())
                            .get("gen_ai.response.model"));
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

    @Test
    void ourSpanIsTheParentOfWhatGoogleDoes() throws Exception {
        for (boolean traced : new boolean[] {true, false}) {
            try (OtlpCollector collector = new OtlpCollector()) {
                String seen;
                try (ServerFixture all = telling(collector.endpoint())) {
                    String[] fields =
                            traced
                                    ? new String[] {
                                        "traceparent: 00-" + TRACE + "-" + PARENT + "-01",
                                        "tracestate: vendor=1"
                                    }
                                    : new String[0];
                    assertEquals(200, all.post(GENERATE, BODY, fields).status());
                    seen = parent(all);
                }
                Span client = span(collector, Span.SpanKind.SPAN_KIND_CLIENT);
                String trace = hex(client.getTraceId().toByteArray());
                String span = hex(client.getSpanId().toByteArray());
                assertEquals("00-" + trace + "-" + span + "-01", seen);
                assertEquals(traced, trace.equals(TRACE));
            }
        }
    }

    @Test
    void withoutTracesTheClientsOwnParentGoesOn() throws Exception {
        String sent = "00-" + TRACE + "-" + PARENT + "-01";
        try (OtlpCollector collector = new OtlpCollector();
                ServerFixture all =
                        ServerFixture.with()
                                .set("telemetry.otlp.endpoint=" + collector.endpoint())
                                .set("telemetry.otlp.traces=false")
                                .start()) {
            assertEquals(200, all.post(GENERATE, BODY, "traceparent: " + sent).status());
            assertEquals(sent, parent(all));
        }
    }

    @Test
    void namesThatStrangersInventAreNotTold() throws Exception {
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all = telling(collector.endpoint())) {
                for (int i = 0; i < 5; i++) {
                    String path = "/v1beta/models/invented-" + i + ":generateContent";
                    assertEquals(401, all.bare("POST", path, new byte[0], List.of()).status());
                    assertEquals(501, all.bare("INVENTED", path, new byte[0], List.of()).status());
                }
                assertEquals(200, all.post(GENERATE, BODY).status());
            }
            assertEquals(
                    Set.of("_OTHER", "gemini-2.5-flash"),
                    metric(collector, "gen_ai.server.request.duration")
                            .getHistogram()
                            .getDataPointsList()
                            .stream()
                            .map(point -> OtlpCollector.attributes(point.getAttributesList()))
                            .map(said -> said.get("gen_ai.request.model"))
                            .collect(Collectors.toSet()));
            assertFalse(collector.saw("invented"), "in no span either");
            assertFalse(collector.saw("INVENTED"));
        }
    }

    /** What Google saw. */
    private static String parent(ServerFixture all) throws Exception {
        Seen seen = all.simulator.await(request -> true, ServerFixture.PATIENCE);
        return seen == null ? "nothing" : String.valueOf(seen.header("traceparent"));
    }

    @Test
    void theCollectorGetsItsCredential() throws Exception {
        String credential = Emissions.OF_THIS_RUN.secret("collector", "col-Zq8hR2vT5nW");
        try (OtlpCollector collector = new OtlpCollector()) {
            try (ServerFixture all =
                    ServerFixture.with()
                            .set("telemetry.otlp.endpoint=" + collector.endpoint())
                            .set("telemetry.otlp.headers=Authorization=Bearer%20" + credential)
                            .start()) {
                assertEquals(200, all.post(GENERATE, BODY).status());
            }
            assertEquals(Set.of("Bearer " + credential), Set.copyOf(collector.credentials));
            assertTrue(collector.credentials.size() >= 2, "spans and metrics");
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
