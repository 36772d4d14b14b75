package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Status line and headers of an answer: Google's, and the few that are ours. */
final class AnswerHead {
    private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
    private static final HeaderName CLIENT_REQUEST_ID = HeaderNames.create("x-client-request-id");
    private static final HeaderName SERVER_TIMING = HeaderNames.create("Server-Timing");

    private AnswerHead() {}

    /** Ours, on every answer: contract section 4. */
    static void own(
            ServerResponse response,
            Exchange exchange,
            List<HeaderField> limits,
            Duration overhead) {
        response.header(REQUEST_ID, exchange.id().value());
        exchange.clientRequestId().ifPresent(id -> response.header(CLIENT_REQUEST_ID, id));
        limits.forEach(field -> add(response, field));
        response.header(SERVER_TIMING, "gemproxy;dur=" + milliseconds(overhead));
    }

    static void status(ServerResponse response, int status) {
        response.status(Status.create(status));
    }

    /** Adds a header line; several of one name stay several lines. */
    static void add(ServerResponse response, HeaderField field) {
        response.headers().add(WireHeader.of(HeaderNames.create(field.name()), field.value()));
    }

    private static String milliseconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / 1e6);
    }
}
