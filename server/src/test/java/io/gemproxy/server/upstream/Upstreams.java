package io.gemproxy.server.upstream;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Requests, answers and waiting, in the words of the tests. */
final class Upstreams {
    static final String KEY = Emissions.OF_THIS_RUN.secret("the pooled key", "AIza-test-key");

    private Upstreams() {}

    static UpstreamConfig config(URI uri) {
        return new UpstreamConfig(
                uri,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(60),
                64);
    }

    static UpstreamRequest get() {
        return request("GET", new UpstreamRequest.NoBody());
    }

    static UpstreamRequest post(String body) {
        return request("POST", bytes(body));
    }

    static UpstreamRequest.Bytes bytes(String body) {
        return new UpstreamRequest.Bytes(body.getBytes(StandardCharsets.UTF_8));
    }

    static UpstreamRequest request(String method, UpstreamRequest.Body body) {
        return new UpstreamRequest(
                method,
                "/v1beta/models/m:generateContent?alt=sse",
                List.of(new HeaderField("Accept-Encoding", "identity")),
                body,
                Secret.of(KEY),
                UpstreamRequest.KeyPlacement.GOOG_API_KEY,
                Optional.empty());
    }

    /** Status and body, the body read to its end. */
    record Answer(int status, String body, List<HeaderField> headers) {}

    static Answer fetch(UpstreamClient client, UpstreamRequest request)
            throws UpstreamException, IOException {
        try (UpstreamResponse response = client.call(request).send()) {
            byte[] body = response.body().readAllBytes();
            return new Answer(
                    response.status(),
                    new String(body, StandardCharsets.ISO_8859_1),
                    response.headers());
        }
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** A condition that must come true soon. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Polls until the condition holds; fails after ten seconds. */
    static void await(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come true in ten seconds");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
