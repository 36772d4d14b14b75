package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.ModelWithheld;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.ResourceUnknown;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.AttemptOutcome.Succeeded;
import io.gemproxy.server.exchange.EgressFault;
import io.gemproxy.server.exchange.KeyFault;
import io.gemproxy.server.exchange.ProjectFault;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiError;
import io.gemproxy.server.gemini.Operation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Says from an answer's status and error body who is to blame. Whatever is not known to be the
 * fault of key or project is not blamed on them, lest one client's requests empty the pool. Which
 * part of an answer wins when they disagree, and why: docs/adr/0009.
 */
public final class OutcomeClassifier {
    private static final List<String> OVERLOAD =
            List.of("The model is overloaded", "This model is currently experiencing high demand");
    private static final List<String> UNKNOWN_RESOURCE =
            List.of(
                    "You do not have permission to access ",
                    "CachedContent not found",
                    "Requested entity was not found");
    private static final String WITHHELD = "no longer available to new users";
    private static final int HTML_LOOKED_AT = 8 * 1024;

    private OutcomeClassifier() {}

    /**
     * As {@link #classify(int, byte[], String, Operation)}, for a request any good key may make.
     */
    public static AttemptOutcome classify(
            int status, byte[] body, String contentType, Dialect dialect) {
        Operation asked = dialect == Dialect.OPENAI ? Operation.OPENAI_CHAT : Operation.GENERATE;
        return classify(status, body, contentType, asked);
    }

    /**
     * Classifies an answer.
     *
     * @param status the HTTP status
     * @param body the beginning of the body, content coding removed; not looked at below 400
     * @param contentType as received, empty if absent
     * @param operation what was asked for: a 401 blames the key only where API keys are known to be
     *     accepted, since some resources want OAuth whatever the key
     */
    public static AttemptOutcome classify(
            int status, byte[] body, String contentType, Operation operation) {
        if (status < 400) {
            return new Succeeded();
        }
        if (saysAutomatedQueries(body)) {
            return new EgressRefused(EgressFault.AUTOMATED_QUERIES);
        }
        return of(status, GeminiError.read(body, contentType), operation);
    }

    /**
     * Classifies an error inside an answer that began well, as if it had been the answer.
     *
     * @param error {@code {"error":…}}, content coding removed, perhaps cut off
     */
    public static AttemptOutcome classifyInBand(byte[] error, Operation operation) {
        GeminiError said = GeminiError.read(error, "");
        return of(said.httpStatus(), said, operation);
    }

    private static AttemptOutcome of(int status, GeminiError error, Operation operation) {
        if (error.message().startsWith("User location is not supported")) {
            return new EgressRefused(EgressFault.LOCATION_UNSUPPORTED);
        }
        if (status >= 500) {
            return ofServer(status, error);
        }
        return KnownRefusals.of(error).orElseGet(() -> withoutRefusal(status, error, operation));
    }

    private static AttemptOutcome ofServer(int status, GeminiError error) {
        return status == 503 || begins(error, OVERLOAD)
                ? new Overloaded(error.retryDelay())
                : new ServerFault(status);
    }

    private static AttemptOutcome withoutRefusal(
            int status, GeminiError error, Operation operation) {
        return switch (status) {
            case 429 ->
                    error.violations().isEmpty() && begins(error, OVERLOAD)
                            ? new Overloaded(error.retryDelay())
                            : ExhaustedQuotas.of(error);
            case 400, 403, 404 ->
                    saysExhausted(error)
                            ? ExhaustedQuotas.of(error)
                            : ofClient(status, error, operation);
            case 401 -> unauthenticated(error, operation);
            case 402 ->
                    new ProjectRefused(
                            ProjectFault.PREPAID_CREDITS_DEPLETED, KnownRefusals.learnt(error));
            default -> new ClientFault(status);
        };
    }

    private static boolean saysExhausted(GeminiError error) {
        return error.status().equals("RESOURCE_EXHAUSTED")
                || error.hasReason("RATE_LIMIT_EXCEEDED");
    }

    private static AttemptOutcome ofClient(int status, GeminiError error, Operation operation) {
        if (status == 404 && error.message().contains(WITHHELD)) {
            return new ModelWithheld();
        }
        boolean unknown = begins(error, UNKNOWN_RESOURCE) || interactionUnknown(error, operation);
        return status != 400 && unknown ? new ResourceUnknown(status) : new ClientFault(status);
    }

    private static boolean interactionUnknown(GeminiError error, Operation operation) {
        return operation == Operation.INTERACTIONS
                && (error.status().equals("not_found")
                        || error.status().equals("permission_denied"));
    }

    private static AttemptOutcome unauthenticated(GeminiError error, Operation operation) {
        if (!takesAnyKey(operation)) {
            return new ClientFault(401);
        }
        return new KeyRefused(withoutWords(error), KnownRefusals.learnt(error));
    }

    private static KeyFault withoutWords(GeminiError error) {
        if (error.hasReason(KeyFault.ACCESS_TOKEN_TYPE_UNSUPPORTED.name())) {
            return KeyFault.ACCESS_TOKEN_TYPE_UNSUPPORTED;
        }
        return error.message().startsWith("API keys are not supported by this API")
                ? KeyFault.API_KEYS_NOT_SUPPORTED
                : KeyFault.UNAUTHENTICATED;
    }

    private static boolean takesAnyKey(Operation operation) {
        return switch (operation) {
            case GENERATE,
                    STREAM_GENERATE,
                    COUNT_TOKENS,
                    EMBED,
                    MODELS,
                    UPLOAD_START,
                    CACHED_CONTENTS,
                    INTERACTIONS,
                    OPENAI_CHAT,
                    OPENAI_EMBEDDINGS,
                    OPENAI_MODELS,
                    LIVE ->
                    true;
            case PREDICT,
                    BATCH_CREATE,
                    BATCHES,
                    UPLOAD_CHUNK,
                    FILES,
                    DOWNLOAD,
                    OPERATIONS,
                    TUNED_MODELS,
                    FILE_SEARCH_STORES,
                    AUTH_TOKENS,
                    OAUTH_TOKEN,
                    OPENAI_FILES,
                    OPENAI_BATCHES,
                    OPENAI_OTHER,
                    OTHER ->
                    false;
        };
    }

    private static boolean begins(GeminiError error, List<String> beginnings) {
        return beginnings.stream().anyMatch(error.message()::startsWith);
    }

    private static boolean saysAutomatedQueries(byte[] body) {
        int length = Math.min(body.length, HTML_LOOKED_AT);
        String text = new String(body, 0, length, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("<") && text.contains("automated queries");
    }
}
