package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.ClientConnection;
import io.gemproxy.server.exchange.Exchange;
import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiTarget;
import io.gemproxy.server.gemini.ModelInBody;
import io.gemproxy.server.gemini.ModelName;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.keys.LendingWish;
import io.gemproxy.server.upstream.RequestHeaders;
import io.gemproxy.server.upstream.UpstreamRequest.KeyPlacement;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns the client's request into the one Google will see: no credential, no trace of the client.
 */
final class Forwarding {
    private static final HeaderName SERVER_TIMEOUT = HeaderNames.create("x-server-timeout");
    private static final HeaderField GZIP = new HeaderField("Accept-Encoding", "gzip");
    private static final HeaderField IDENTITY = new HeaderField("Accept-Encoding", "identity");

    /** Asking twice changes nothing at Google's but the bill. */
    private static final Set<Operation> STATELESS =
            EnumSet.of(
                    Operation.GENERATE,
                    Operation.STREAM_GENERATE,
                    Operation.COUNT_TOKENS,
                    Operation.EMBED,
                    Operation.OPENAI_CHAT,
                    Operation.OPENAI_EMBEDDINGS);

    /**
     * They would hide the names that are learned from an answer, or by which a list is filtered.
     */
    private static final Set<String> MASKS = Set.of("fields", "$fields");

    private static final String MASK_FIELD = "x-goog-fieldmask";

    private final Supplier<Duration> longestWait;

    /**
     * @param longestWait the configured one for the first byte; a client may ask for less
     */
    Forwarding(Supplier<Duration> longestWait) {
        this.longestWait = longestWait;
    }

    /**
     * Whether the body names the model, as OpenAI-compatible and interactions requests do; paths of
     * the native dialect name it themselves.
     */
    static boolean modelIsInBody(GeminiTarget target, String method) {
        boolean elsewhere =
                target.dialect() == Dialect.OPENAI || target.operation() == Operation.INTERACTIONS;
        return elsewhere && target.model().isEmpty() && method.equals("POST");
    }

    /** The model the body names, if that is where it stands. */
    Optional<ModelName> modelInBody(Exchange exchange, RequestBody body) {
        return modelIsInBody(exchange.target(), exchange.method()) && body.prefix().length > 0
                ? ModelInBody.find(body.prefix(), 0, body.prefix().length)
                : Optional.empty();
    }

    ForwardedRequest prepare(
            Exchange exchange,
            ServerRequest request,
            QueryString query,
            Optional<Uploads.Running> upload,
            RequestBody body) {
        GeminiTarget target = exchange.target();
        return new ForwardedRequest(
                target.operation(),
                exchange.method(),
                upload.map(running -> running.session().upstreamPathAndQuery())
                        .orElseGet(() -> pathAndQuery(target, unmasked(target, query))),
                headers(request.headers(), target, mayBeCoded(target, body)),
                body,
                target.dialect() == Dialect.OPENAI
                        ? KeyPlacement.BEARER
                        : KeyPlacement.GOOG_API_KEY,
                serverTimeout(request.headers()),
                upload.map(running -> LendingWish.only(running.session().key()))
                        .orElseGet(() -> LendingWish.of(target.model(), Optional.empty())),
                repeatable(exchange.method(), target.operation()),
                CacheRoute.NONE);
    }

    private static QueryString unmasked(GeminiTarget target, QueryString query) {
        return AnswerReading.reads(target) ? query.without(MASKS) : query;
    }

    private static String pathAndQuery(GeminiTarget target, QueryString query) {
        return query.forwarded().isEmpty()
                ? target.path()
                : target.path() + "?" + query.forwarded();
    }

    private static boolean repeatable(String method, Operation operation) {
        return method.equals("GET") || method.equals("HEAD") || STATELESS.contains(operation);
    }

    private static List<HeaderField> headers(
            ServerRequestHeaders received, GeminiTarget target, boolean mayBeCoded) {
        List<HeaderField> exact = ClientConnection.CURRENT.get().fieldsWithObsText();
        List<HeaderField> forwarded =
                RequestHeaders.forUpstream(exact.isEmpty() ? fields(received) : exact);
        if (AnswerReading.reads(target)) {
            forwarded.removeIf(field -> field.name().equalsIgnoreCase(MASK_FIELD));
        }
        forwarded.add(mayBeCoded && offersGzip(received) ? GZIP : IDENTITY);
        return forwarded;
    }

    private static List<HeaderField> fields(ServerRequestHeaders received) {
        List<HeaderField> fields = new ArrayList<>(16);
        for (Header header : received) {
            for (String value : header.allValues()) {
                fields.add(new HeaderField(header.name(), value));
            }
        }
        return fields;
    }

    /**
     * Whether the answer may come with a content coding: not where names in it are learned, and not
     * as a stream, in which an error may stand that has to be scrubbed.
     */
    private static boolean mayBeCoded(GeminiTarget target, RequestBody body) {
        return switch (target.operation()) {
            case STREAM_GENERATE -> false;
            case OPENAI_CHAT -> !asksForStream(body.prefix());
            default -> !AnswerReading.reads(target);
        };
    }

    /** Wrong for a body that only quotes the word, which then comes without coding. */
    private static boolean asksForStream(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1).contains("\"stream\"");
    }

    private static boolean offersGzip(ServerRequestHeaders received) {
        return received.contains(HeaderNames.ACCEPT_ENCODING)
                && received.get(HeaderNames.ACCEPT_ENCODING).values().contains("gzip")
                && !received.get(HeaderNames.ACCEPT_ENCODING).values().contains("gzip;q=0");
    }

    /** Seconds, as SDKs send them when their user sets a timeout; never beyond our own deadline. */
    private Optional<Duration> serverTimeout(ServerRequestHeaders received) {
        if (!received.contains(SERVER_TIMEOUT)) {
            return Optional.empty();
        }
        try {
            long seconds = Long.parseLong(received.get(SERVER_TIMEOUT).get().strip());
            return seconds > 0
                    ? Optional.of(min(Duration.ofSeconds(seconds), longestWait.get()))
                    : Optional.empty();
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
