package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.gemini.Dialect;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.UncheckedIOException;
import java.util.List;

/** Sends the proxy's own refusals. */
final class Refusals {
    private Refusals() {}

    static void send(
            Rejection rejection,
            Progress progress,
            ServerResponse response,
            List<HeaderField> limits) {
        Dialect dialect = progress.exchange().target().dialect();
        byte[] body = RejectionBody.of(rejection, dialect, progress.exchange().id());
        AnswerHead.status(response, rejection.status());
        AnswerHead.own(response, progress.exchange(), limits, progress.overhead());
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        rejection
                .retryIn()
                .ifPresent(wait ->
                        response.header(
                                HeaderNames.create("Retry-After"),
                                Long.toString(RejectionBody.seconds(wait))));
        try {
            progress.sent(body.length);
            response.headers().contentLength(body.length);
            if (progress.exchange().method().equals("HEAD")) {
                response.headers().set(WireHeader.lengthOfNothing(body.length));
                response.send();
            } else {
                response.send(body);
            }
        } catch (UncheckedIOException gone) {
            progress.abortedByClient();
            throw new CloseConnectionException("client left", gone);
        }
    }
}
