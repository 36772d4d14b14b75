package io.gemproxy.server.listener;

import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import java.util.Map;
import java.util.Optional;

/** How a port words its refusals: the programs that read them differ. */
interface RefusalShape {
    String contentType();

    /** Further fields of an answer that was written without the port's own handlers. */
    Map<String, String> headers();

    /** The body for bytes that are no request. */
    byte[] body(Optional<RequestLine> line, WireFault fault, RequestId id);

    /** The body for a request that is over. */
    byte[] body(Rejection no, RequestId id);

    /** The body where only the status is known. */
    byte[] body(int status, String phrase, RequestId id);
}
