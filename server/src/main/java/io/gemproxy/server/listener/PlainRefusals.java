package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The refusals of the port of plain HTTP: a line of text. */
record PlainRefusals() implements RefusalShape {
    static final String CONTENT_TYPE = "text/plain; charset=utf-8";

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("X-Content-Type-Options", "nosniff");
    }

    @Override
    public byte[] body(Optional<RequestLine> line, WireFault fault, RequestId id) {
        return line(fault.message());
    }

    @Override
    public byte[] body(Rejection no, RequestId id) {
        return line(no.message());
    }

    @Override
    public byte[] body(int status, String phrase, RequestId id) {
        return line(phrase);
    }

    static byte[] line(String text) {
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
