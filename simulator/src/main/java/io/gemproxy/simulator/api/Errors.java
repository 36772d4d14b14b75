package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Refusal;
import io.gemproxy.simulator.http.Answer;
import io.gemproxy.simulator.quota.ApiKey;
import io.gemproxy.simulator.quota.Quotas.Exceeded;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Google's error bodies: texts and details as they were seen on the wire. */
public final class Errors {
    private static final String TYPE = "type.googleapis.com/google.rpc.";
    private static final String SERVICE = "generativelanguage.googleapis.com";
    private static final String QUOTA_TEXT =
            "You exceeded your current quota, please check your plan and billing details. For more"
                    + " information on this error, head to:"
                    + " https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current"
                    + " usage, head to: https://ai.dev/rate-limit. ";

    private Errors() {}

    /** An error with a message and nothing more. */
    public static ApiException of(int status, String message) {
        return new ApiException(status, body(status, rpc(status), message, null));
    }

    /** What Google's edge says to an address it distrusts: no JSON at all. */
    public static Answer sorryPage(int status) {
        String page =
                "<html><head><title>Sorry...</title></head><body><h1>We're sorry...</h1><p>... but"
                        + " your computer or network may be sending automated queries. To protect"
                        + " our users, we can't process your request right"
                        + " now.</p></body></html>\n";
        return Answer.of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** What a script's refusal means for that key and model. */
    public static ApiException of(Refusal refusal, @Nullable ApiKey key, @Nullable String model) {
        String reason = Objects.requireNonNullElse(refusal.reason(), "");
        String project = key == null ? "0" : key.project();
        ApiException made =
                switch (refusal.status()) {
                    case 400 -> badRequest(reason);
                    case 401 -> unauthenticated(reason);
                    case 403 -> forbidden(reason, key, project);
                    case 404 ->
                            reason.equals("entity")
                                    ? notFound()
                                    : unknownModel(model == null ? "" : model);
                    case 429 ->
                            exhausted(
                                    reason,
                                    refusal.retry(),
                                    model == null ? "gemini-2.5-flash" : model);
                    case 503 ->
                            of(
                                    503,
                                    reason.equals("demand")
                                            ? highDemand()
                                            : "The model is overloaded. Please try again later.");
                    case 504 -> of(504, "Deadline expired before operation could complete.");
                    case 500 ->
                            of(
                                    500,
                                    "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting");
                    case 402 ->
                            of(
                                    402,
                                    "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.");
                    default -> of(refusal.status(), "The request was refused.");
                };
        if (refusal.message() != null) {
            ((ObjectNode) made.error().get("error")).put("message", refusal.message());
        }
        if (refusal.retry() != null && refusal.status() != 429) {
            details(made).add(retryInfo(refusal.retry()));
        }
        return made;
    }

    private static String highDemand() {
        return "This model is currently experiencing high demand. Spikes in demand are usually"
                + " temporary. Please try again later.";
    }

    static ApiException invalidKey(String text) {
        ApiException made = of(400, text);
        ArrayNode details = details(made);
        details.add(reason("API_KEY_INVALID", "googleapis.com"));
        details.addObject()
                .put("@type", TYPE + "LocalizedMessage")
                .put("locale", "en-US")
                .put("message", text);
        return made;
    }

    public static ApiException invalidKey() {
        return invalidKey("API key not valid. Please pass a valid API key.");
    }

    public static ApiException severalCredentials() {
        return of(400, "Multiple authentication credentials received. Please pass only one.");
    }

    public static ApiException noCredential() {
        return of(
                403,
                "Method doesn't allow unregistered callers (callers without established identity)."
                        + " Please use API Key or other form of API consumer identity to call this"
                        + " API.");
    }

    public static ApiException tokenNotSupported() {
        ApiException made =
                of(
                        401,
                        "Request had invalid authentication credentials. Expected OAuth 2 access"
                                + " token, login cookie or other valid authentication credential. See"
                                + " https://developers.google.com/identity/sign-in/web/devconsole-project.");
        details(made).add(reason("ACCESS_TOKEN_TYPE_UNSUPPORTED", "googleapis.com"));
        return made;
    }

    static ApiException notFound() {
        return of(404, "Requested entity was not found.");
    }

    static ApiException unknownModel(String model) {
        return of(
                404,
                "models/"
                        + model
                        + " is not found for API version v1beta, or is not supported for"
                        + " generateContent. Call ModelService.ListModels to see the list of available"
                        + " models and their supported methods.");
    }

    static ApiException foreignFile(String id) {
        return of(
                403,
                "You do not have permission to access the File " + id + " or it may not exist.");
    }

    static ApiException foreignTunedModel(String name) {
        return of(403, "You do not have permission to access tuned model " + name);
    }

    static ApiException foreignCache() {
        return of(403, "CachedContent not found (or permission denied)");
    }

    private static ApiException badRequest(String reason) {
        return switch (reason) {
            case "API_KEY_INVALID" -> invalidKey();
            case "expired" -> invalidKey("API key expired. Please renew the API key.");
            case "location" ->
                    new ApiException(
                            400,
                            body(
                                    400,
                                    "FAILED_PRECONDITION",
                                    "User location is not supported for the API use.",
                                    null));
            case "toolong" ->
                    of(
                            400,
                            "The input token count exceeds the maximum number of tokens allowed (1048576).");
            case "signature" -> of(400, "Thought signature is not valid");
            default -> of(400, "Request contains an invalid argument.");
        };
    }

    private static ApiException unauthenticated(String reason) {
        if (!reason.equals("wrongproduct")) {
            return tokenNotSupported();
        }
        return of(
                401,
                "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that assert a principal. See https://cloud.google.com/docs/authentication");
    }

    private static ApiException forbidden(String reason, @Nullable ApiKey key, String project) {
        return switch (reason) {
            case "leaked" ->
                    of(403, "Your API key was reported as leaked. Please use another API key.");
            case "suspended" -> suspended(key == null ? "" : key.value(), project);
            case "disabled" ->
                    blocked(
                            "SERVICE_DISABLED",
                            "Generative Language API has not been used in project "
                                    + project
                                    + " before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/generativelanguage.googleapis.com/overview?project="
                                    + project
                                    + " then retry.",
                            project);
            case "blocked" ->
                    blocked(
                            "API_KEY_SERVICE_BLOCKED",
                            "Requests to this API generativelanguage.googleapis.com method google.ai.generativelanguage.v1beta.GenerativeService.GenerateContent are blocked.",
                            project);
            case "referrer" ->
                    blocked(
                            "API_KEY_HTTP_REFERRER_BLOCKED",
                            "Requests from referer <empty> are blocked.",
                            project);
            case "ip" ->
                    blocked(
                            "API_KEY_IP_ADDRESS_BLOCKED",
                            "The provided API key has an IP address restriction. The originating IP address of the call violates this restriction.",
                            project);
            case "billing" ->
                    blocked(
                            "BILLING_DISABLED",
                            "This API method requires billing to be enabled.",
                            project);
            case "denied" ->
                    of(403, "Your project has been denied access. Please contact support.");
            case "file" -> foreignFile("scripted");
            case "cache" -> foreignCache();
            default -> of(403, "The caller does not have permission");
        };
    }

    private static ApiException suspended(String value, String project) {
        String consumer = "api_key:" + value;
        ApiException made =
                of(403, "Permission denied: Consumer '" + consumer + "' has been suspended.");
        ObjectNode why = reason("CONSUMER_SUSPENDED", "googleapis.com");
        ((ObjectNode) why.get("metadata"))
                .put("containerInfo", consumer)
                .put("consumer", "projects/" + project);
        details(made).add(why);
        return made;
    }

    private static ApiException blocked(String reason, String message, String project) {
        ApiException made = of(403, message);
        ObjectNode why = reason(reason, "googleapis.com");
        ((ObjectNode) why.get("metadata")).put("consumer", "projects/" + project);
        details(made).add(why);
        return made;
    }

    private static ApiException exhausted(String reason, @Nullable Duration retry, String model) {
        Duration wait = retry == null ? Duration.ofSeconds(14) : retry;
        return switch (reason) {
            case "perday" -> quota(List.of(Violation.requestsPerDay(model, 20)), wait);
            case "tokens" -> quota(List.of(Violation.tokensPerMinute(model, 3_000_000)), wait);
            case "limit0" -> quota(List.of(Violation.requestsPerDay(model, 0)), wait);
            case "prepaid" ->
                    of(
                            429,
                            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.");
            case "spendcap" ->
                    of(
                            429,
                            "Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend to manage your project spend cap.");
            case "generic" -> of(429, "Resource has been exhausted (e.g. check quota).");
            case "bare" -> {
                ApiException bare =
                        of(
                                429,
                                "You exceeded your current quota, please check your plan and billing details.");
                details(bare).add(help());
                yield bare;
            }
            default -> quota(List.of(Violation.requestsPerMinute(model, 10)), wait);
        };
    }

    /** The 429 of limits that a project really hit. */
    public static ApiException exceeded(List<Exceeded> limits, String model) {
        Duration wait = Duration.ZERO;
        for (Exceeded limit : limits) {
            wait = limit.opens().compareTo(wait) > 0 ? limit.opens() : wait;
        }
        return quota(limits.stream().map(limit -> Violation.of(limit, model)).toList(), wait);
    }

    private static ApiException quota(List<Violation> violations, Duration wait) {
        StringBuilder text = new StringBuilder(QUOTA_TEXT);
        ObjectNode failure = Json.object().put("@type", TYPE + "QuotaFailure");
        ArrayNode list = failure.putArray("violations");
        for (Violation violation : violations) {
            text.append("\n* Quota exceeded for metric: ").append(violation.metric());
            text.append(", limit: ")
                    .append(violation.limit())
                    .append(", model: ")
                    .append(violation.model());
            ObjectNode entry = list.addObject();
            entry.put("quotaMetric", violation.metric()).put("quotaId", violation.id());
            entry.putObject("quotaDimensions")
                    .put("location", "global")
                    .put("model", violation.model());
            entry.put("quotaValue", Long.toString(violation.limit()));
        }
        text.append("\nPlease retry in ").append(seconds(wait)).append('.');
        ApiException made = of(429, text.toString());
        details(made).add(failure).add(help()).add(retryInfo(wait));
        return made;
    }

    private static ObjectNode help() {
        ObjectNode help = Json.object().put("@type", TYPE + "Help");
        help.putArray("links")
                .addObject()
                .put("description", "Learn more about Gemini API quotas")
                .put("url", "https://ai.google.dev/gemini-api/docs/rate-limits");
        return help;
    }

    private static ObjectNode retryInfo(Duration wait) {
        return Json.object().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds(wait));
    }

    private static String seconds(Duration time) {
        String fraction =
                time.toMillisPart() == 0
                        ? ""
                        : "." + Integer.toString(1000 + time.toMillisPart()).substring(1);
        return time.toSeconds() + fraction + "s";
    }

    private static ObjectNode reason(String reason, String domain) {
        ObjectNode why =
                Json.object()
                        .put("@type", TYPE + "ErrorInfo")
                        .put("reason", reason)
                        .put("domain", domain);
        why.putObject("metadata").put("service", SERVICE);
        return why;
    }

    private static ArrayNode details(ApiException of) {
        return ((ObjectNode) of.error().get("error")).withArray("details");
    }

    private static ObjectNode body(
            int status, String rpc, String message, @Nullable ArrayNode details) {
        ObjectNode body = Json.object();
        ObjectNode error =
                body.putObject("error")
                        .put("code", status)
                        .put("message", message)
                        .put("status", rpc);
        if (details != null) {
            error.set("details", details);
        }
        return body;
    }

    private static String rpc(int status) {
        return switch (status) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ALREADY_EXISTS";
            case 402 -> "FAILED_PRECONDITION";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 499 -> "CANCELLED";
            case 500 -> "INTERNAL";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "UNKNOWN";
        };
    }

    /** The error as bytes, in the shape the caller expects. */
    public static byte[] bytes(ApiException error, Shape shape) {
        return switch (shape) {
            case NATIVE, EVENTS -> Json.pretty(error.error());
            case ARRAY -> array(error);
            case INTERACTIONS -> Json.pretty(interactions(error));
        };
    }

    private static byte[] array(ApiException error) {
        String one = new String(Json.pretty(error.error()), StandardCharsets.UTF_8);
        return ("[" + one + "]\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The error as the Interactions API words it. */
    static ObjectNode interactions(ApiException error) {
        String code =
                switch (error.status()) {
                    case 401 -> "authentication";
                    case 402 -> "payment_required";
                    case 403 -> "permission_denied";
                    case 404 -> "not_found";
                    case 429 -> "rate_limit_exceeded";
                    case 400 -> "invalid_request";
                    default -> "internal";
                };
        ObjectNode body = Json.object();
        body.putObject("error")
                .put("code", code)
                .put("message", error.error().path("error").path("message").asText());
        return body;
    }

    /** One exceeded quota as it stands in a QuotaFailure. */
    private record Violation(String id, String metric, String model, long limit) {
        static Violation requestsPerMinute(String model, long limit) {
            return new Violation(
                    "GenerateRequestsPerMinutePerProjectPerModel-FreeTier",
                    SERVICE + "/generate_content_free_tier_requests",
                    model,
                    limit);
        }

        static Violation requestsPerDay(String model, long limit) {
            return new Violation(
                    "GenerateRequestsPerDayPerProjectPerModel-FreeTier",
                    SERVICE + "/generate_content_free_tier_requests",
                    model,
                    limit);
        }

        static Violation tokensPerMinute(String model, long limit) {
            return new Violation(
                    "GenerateContentPaidTierInputTokensPerModelPerMinute-PaidTier2",
                    SERVICE + "/generate_content_paid_tier_2_input_token_count",
                    model,
                    limit);
        }

        static Violation of(Exceeded exceeded, String model) {
            return switch (exceeded.kind()) {
                case REQUESTS_PER_MINUTE -> requestsPerMinute(model, exceeded.limit());
                case REQUESTS_PER_DAY -> requestsPerDay(model, exceeded.limit());
                case TOKENS_PER_MINUTE -> tokensPerMinute(model, exceeded.limit());
            };
        }
    }
}
