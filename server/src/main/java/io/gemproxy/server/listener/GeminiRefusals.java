package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import java.util.Map;
import java.util.Optional;

/** The refusals of the proxy port, in the words of the API that the client's SDK parses. */
record GeminiRefusals() implements RefusalShape {
    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public Map<String, String> headers() {
        return Map.of();
    }

    @Override
    public byte[] body(Optional<RequestLine> line, WireFault fault, RequestId id) {
        Dialect dialect =
                line.flatMap(RequestLine::path).map(Routes::dialect).orElse(Dialect.NATIVE);
        return ErrorAnswer.body(dialect, fault);
    }

    @Override
    public byte[] body(Rejection no, RequestId id) {
        return ErrorAnswer.body(Dialect.NATIVE, no);
    }

    @Override
    public byte[] body(int status, String phrase, RequestId id) {
        String rpc = status >= 500 ? "INTERNAL" : "INVALID_ARGUMENT";
        return ErrorAnswer.body(Dialect.NATIVE, status, rpc, "HTTP_" + status, phrase);
    }
}
