package io.gemproxy.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A collector that reads OTLP over HTTP in its protobuf form. */
final class OtlpCollector implements AutoCloseable {
    final List<Span> spans = new CopyOnWriteArrayList<>();
    final List<Metric> metrics = new CopyOnWriteArrayList<>();
    final List<String> services = new CopyOnWriteArrayList<>();
    final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    final List<String> credentials = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    OtlpCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/v1/traces", exchange -> answer(exchange, this::traces));
        server.createContext("/v1/metrics", exchange -> answer(exchange, this::metrics));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** All attributes as text. */
    static Map<String, String> attributes(List<KeyValue> fields) {
        Map<String, String> all = new TreeMap<>();
        for (KeyValue field : fields) {
            AnyValue value = field.getValue();
            all.put(
                    field.getKey(),
                    value.hasIntValue()
                            ? Long.toString(value.getIntValue())
                            : value.getStringValue());
        }
        return all;
    }

    /** Whether some text was in any body. */
    boolean saw(String text) {
        return bodies.stream()
                .anyMatch(body -> new String(body, StandardCharsets.ISO_8859_1).contains(text));
    }

    private void traces(byte[] body) throws IOException {
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            services.add(
                    attributes(resource.getResource().getAttributesList()).get("service.name"));
            resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        }
    }

    private void metrics(byte[] body) throws IOException {
        for (var resource : ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
            resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList()));
        }
    }

    private void answer(HttpExchange exchange, Reader reader) throws IOException {
        credentials.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        byte[] sent = exchange.getRequestBody().readAllBytes();
        boolean coded = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in =
                coded
                        ? new GZIPInputStream(new ByteArrayInputStream(sent))
                        : new ByteArrayInputStream(sent)) {
            byte[] body = in.readAllBytes();
            bodies.add(body);
            reader.read(body);
        }
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** Decodes a body. */
    @FunctionalInterface
    private interface Reader {
        void read(byte[] body) throws IOException;
    }
}
