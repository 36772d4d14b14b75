package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.List;

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
        var headers = response.headers();
        headers.set(HeaderValues.create(REQUEST_ID, exchange.id().value()));
        exchange.clientRequestId()
                .ifPresent(id -> headers.set(HeaderValues.create(CLIENT_REQUEST_ID, id)));
        for (HeaderField field : limits) {
            add(response, field);
        }
        headers.set(HeaderValues.create(SERVER_TIMING, "gemproxy;dur=" + milliseconds(overhead)));
    }

    static void status(ServerResponse response, int status) {
        response.status(Status.create(status));
    }

    /** Adds a header line; several of one name stay several lines. */
    static void add(ServerResponse response, HeaderField field) {
        response.headers().add(WireHeader.of(HeaderNames.create(field.name()), field.value()));
    }

    /** With two decimals; by hand, since a formatter costs more than the rest of the head. */
    static String milliseconds(Duration time) {
        long hundredths = (time.toNanos() + 5_000) / 10_000;
        long fraction = hundredths % 100;
        return hundredths / 100 + (fraction < 10 ? ".0" : ".") + fraction;
    }
}
