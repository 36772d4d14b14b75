package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts {@code Strict-Transport-Security} on every answer of a port, the refusals too. */
final class StrictTransport implements Filter {
    private static final HeaderName NAME = HeaderNames.create("Strict-Transport-Security");

    private final String value;
    private final Header field;

    StrictTransport(HstsConfig config) {
        value = config.value();
        field = HeaderValues.create(NAME, value);
    }

    /** Last, so that it is ours and not one that came from upstream. */
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.beforeSend(() -> response.headers().set(field));
        chain.proceed();
    }

    /** The same on answers to bytes that are no request. */
    RefusalShape on(RefusalShape plain) {
        Map<String, String> headers = new TreeMap<>(plain.headers());
        headers.put(NAME.defaultCase(), value);
        return new Shape(plain, headers);
    }

    private record Shape(RefusalShape plain, Map<String, String> headers) implements RefusalShape {
        @Override
        public String contentType() {
            return plain.contentType();
        }

        @Override
        public byte[] body(Optional<RequestLine> line, WireFault fault, RequestId id) {
            return plain.body(line, fault, id);
        }

        @Override
        public byte[] body(Rejection no, RequestId id) {
            return plain.body(no, id);
        }

        @Override
        public byte[] body(int status, String phrase, RequestId id) {
            return plain.body(status, phrase, id);
        }
    }
}
