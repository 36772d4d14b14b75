package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.AttemptOutcome;
import io.gemproxy.server.exchange.AttemptOutcome.ClientFault;
import io.gemproxy.server.exchange.AttemptOutcome.EgressRefused;
import io.gemproxy.server.exchange.AttemptOutcome.KeyRefused;
import io.gemproxy.server.exchange.AttemptOutcome.Overloaded;
import io.gemproxy.server.exchange.AttemptOutcome.ProjectRefused;
import io.gemproxy.server.exchange.AttemptOutcome.QuotaExceeded;
import io.gemproxy.server.exchange.AttemptOutcome.ServerFault;
import io.gemproxy.server.exchange.AttemptOutcome.Succeeded;
import io.gemproxy.server.exchange.QuotaPeriod;
import io.gemproxy.server.gemini.Dialect;
import io.gemproxy.server.gemini.GeminiError;
import io.gemproxy.server.gemini.Operation;
import io.gemproxy.server.gemini.QuotaViolation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says from an answer's status and error body who is to blame. Whatever is not known to be the
 * fault of key or project is not blamed on them, lest one client's requests empty the pool.
 * Messages are matched by their beginnings, since their ends may quote the client.
 */
public final class OutcomeClassifier {
    private static final Set<String> KEY_REASONS =
            Set.of(
                    "API_KEY_INVALID",
                    "API_KEY_EXPIRED",
                    "API_KEY_SERVICE_BLOCKED",
                    "API_KEY_HTTP_REFERRER_BLOCKED",
                    "API_KEY_IP_ADDRESS_BLOCKED",
                    "API_KEY_ANDROID_APP_BLOCKED",
                    "API_KEY_IOS_APP_BLOCKED",
                    "CONSUMER_SUSPENDED",
                    "CONSUMER_INVALID");
    private static final Set<String> PROJECT_REASONS =
            Set.of("SERVICE_DISABLED", "BILLING_DISABLED");

    /** The beginning of a message that comes without a reason, and our word for it. */
    private record Known(String beginning, String reason) {}

    private static final List<Known> KEY_MESSAGES =
            List.of(
                    new Known("API key not valid", "API_KEY_INVALID"),
                    new Known("API Key not found", "API_KEY_INVALID"),
                    new Known("API key expired", "API_KEY_EXPIRED"),
                    new Known("Your API key was reported as leaked", "API_KEY_LEAKED"),
                    new Known("Permission denied: Consumer ", "CONSUMER_SUSPENDED"),
                    new Known("Requests from referer ", "API_KEY_HTTP_REFERRER_BLOCKED"),
                    new Known("Requests to this API ", "API_KEY_SERVICE_BLOCKED"));
    private static final List<Known> PROJECT_MESSAGES =
            List.of(
                    new Known("Your project has been denied access", "PROJECT_DENIED"),
                    new Known("Generative Language API has not been used", "SERVICE_DISABLED"),
                    new Known("Your prepayment credits are depleted", "PREPAID_CREDITS_DEPLETED"),
                    new Known(
                            "Your project has exceeded its monthly spending cap",
                            "SPENDING_CAP_EXCEEDED"));

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
        Optional<GeminiError> error = GeminiError.parse(body, contentType);
        if (error.isPresent()) {
            return of(status, error.get(), operation);
        }
        return saysAutomatedQueries(body)
                ? new EgressRefused("AUTOMATED_QUERIES")
                : of(status, NOTHING_SAID, operation);
    }

    /**
     * Classifies an error inside an answer that began well, as if it had been the answer.
     *
     * @param error {@code {"error":…}}, content coding removed, perhaps cut off
     */
    public static AttemptOutcome classifyInBand(byte[] error, Operation operation) {
        GeminiError said = GeminiError.parse(error, "").orElse(NOTHING_SAID);
        return of(said.httpStatus(), said, operation);
    }

    private static final GeminiError NOTHING_SAID =
            new GeminiError(0, "", "", List.of(), Optional.empty(), List.of(), Optional.empty());

    private static AttemptOutcome of(int status, GeminiError error, Operation operation) {
        if (error.message().startsWith("User location is not supported")) {
            return new EgressRefused("LOCATION_UNSUPPORTED");
        }
        return switch (status) {
            case 400, 403 -> refusal(error).orElse(new ClientFault(status));
            case 401 -> refusal(error).orElse(unauthenticated(error, operation));
            case 402 -> new ProjectRefused("PAYMENT_REQUIRED", error.retryDelay());
            case 429 -> refusal(error).orElse(quota(error));
            case 503 -> new Overloaded();
            default -> status >= 500 ? new ServerFault(status) : new ClientFault(status);
        };
    }

    private static Optional<AttemptOutcome> refusal(GeminiError error) {
        Optional<String> key = known(error, KEY_REASONS, KEY_MESSAGES);
        if (key.isPresent()) {
            return key.map(KeyRefused::new);
        }
        return known(error, PROJECT_REASONS, PROJECT_MESSAGES)
                .or(() -> spendLimit(error))
                .map(reason -> new ProjectRefused(reason, error.retryDelay()));
    }

    private static Optional<String> known(
            GeminiError error, Set<String> reasons, List<Known> messages) {
        for (String reason : error.reasons()) {
            if (reasons.contains(reason)) {
                return Optional.of(reason);
            }
        }
        return messages.stream()
                .filter(known -> error.message().startsWith(known.beginning()))
                .map(Known::reason)
                .findFirst();
    }

    private static Optional<String> spendLimit(GeminiError error) {
        return error.status().equals("spend_limit_exceeded")
                ? Optional.of("SPENDING_CAP_EXCEEDED")
                : Optional.empty();
    }

    private static AttemptOutcome unauthenticated(GeminiError error, Operation operation) {
        if (!takesAnyKey(operation)) {
            return new ClientFault(401);
        }
        return new KeyRefused(
                error.reasons().isEmpty() ? "UNAUTHENTICATED" : error.reasons().getFirst());
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
                    OPENAI_OTHER,
                    OTHER ->
                    false;
        };
    }

    private static AttemptOutcome quota(GeminiError error) {
        return new QuotaExceeded(period(error), error.retryDelay());
    }

    /** Judged by quota ids first: a day's quota may come with a delay of seconds. */
    private static QuotaPeriod period(GeminiError error) {
        List<QuotaViolation> violations = error.violations();
        if (violations.stream().anyMatch(QuotaViolation::isNone) || saysLimitZero(error)) {
            return QuotaPeriod.NONE;
        }
        if (violations.stream().anyMatch(QuotaViolation::isPerDay)) {
            return QuotaPeriod.DAY;
        }
        if (violations.stream().anyMatch(QuotaViolation::isPerMinute)) {
            return QuotaPeriod.MINUTE;
        }
        return switch (error.status()) {
            case "quota_exceeded" -> QuotaPeriod.DAY;
            case "rate_limit_exceeded" -> QuotaPeriod.MINUTE;
            default -> periodInMessage(error.message());
        };
    }

    private static QuotaPeriod periodInMessage(String message) {
        if (message.contains("PerDay") || message.contains("_per_day")) {
            return QuotaPeriod.DAY;
        }
        return message.contains("PerMinute") || message.contains("_per_minute")
                ? QuotaPeriod.MINUTE
                : QuotaPeriod.UNKNOWN;
    }

    private static boolean saysLimitZero(GeminiError error) {
        String message = error.message();
        int end = message.indexOf("limit: 0") + "limit: 0".length();
        return message.contains("limit: 0")
                && (end == message.length() || ".0123456789".indexOf(message.charAt(end)) < 0);
    }

    private static boolean saysAutomatedQueries(byte[] body) {
        int length = Math.min(body.length, HTML_LOOKED_AT);
        return new String(body, 0, length, StandardCharsets.ISO_8859_1)
                .contains("automated queries");
    }
}
