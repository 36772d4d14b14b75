package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Secret;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.upstream.UpstreamRequest.Body;
import io.gemproxy.server.upstream.UpstreamRequest.KeyPlacement;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Small requests of the proxy itself to Google. */
public final class OwnQuestions {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int MOST_BYTES = 1 << 20;
    private static final HeaderField IDENTITY = new HeaderField("Accept-Encoding", "identity");
    private static final HeaderField JSON = new HeaderField("Content-Type", "application/json");

    private final UpstreamClient upstream;

    public OwnQuestions(UpstreamClient upstream) {
        this.upstream = upstream;
    }

    /**
     * What came back.
     *
     * @param outcome judged as that of a client's request
     * @param body its beginning; not for anybody's eyes before it is scrubbed
     */
    public record Reply(AttemptOutcome outcome, String body) {}

    /** Reads a path. */
    public Reply get(Secret key, String pathAndQuery, Operation operation) {
        return ask(
                "GET",
                pathAndQuery,
                List.of(IDENTITY),
                new UpstreamRequest.NoBody(),
                key,
                operation);
    }

    /** Sends JSON to a path. */
    public Reply post(Secret key, String path, String json, Operation operation) {
        Body body = new UpstreamRequest.Bytes(json.getBytes(StandardCharsets.UTF_8));
        return ask("POST", path, List.of(IDENTITY, JSON), body, key, operation);
    }

    private Reply ask(
            String method,
            String path,
            List<HeaderField> headers,
            Body body,
            Secret key,
            Operation operation) {
        UpstreamRequest request =
                new UpstreamRequest(
                        method,
                        path,
                        headers,
                        body,
                        key,
                        KeyPlacement.GOOG_API_KEY,
                        Optional.of(PATIENCE));
        try (UpstreamResponse response = upstream.call(request).send()) {
            byte[] bytes = response.body().readNBytes(MOST_BYTES);
            String type =
                    response.headers().stream()
                            .filter(field -> field.name().equalsIgnoreCase("content-type"))
                            .map(HeaderField::value)
                            .findFirst()
                            .orElse("");
            return new Reply(
                    OutcomeClassifier.classify(response.status(), bytes, type, operation),
                    new String(bytes, StandardCharsets.UTF_8));
        } catch (UpstreamException fault) {
            return unreachable(fault.fault().name().toLowerCase(Locale.ROOT));
        } catch (IOException cut) {
            return unreachable("reset");
        }
    }

    private static Reply unreachable(String fault) {
        return new Reply(new AttemptOutcome.Unreachable(fault, true), "");
    }
}
