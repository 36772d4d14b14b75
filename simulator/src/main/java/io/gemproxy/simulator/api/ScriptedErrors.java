package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.simulator.faults.Refusal;
import io.gemproxy.simulator.quota.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a script's refusals mean, by status and reason. */
public final class ScriptedErrors {
    private ScriptedErrors() {}

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
                                    ? Errors.notFound()
                                    : Errors.unknownModel(model == null ? "" : model);
                    case 429 ->
                            exhausted(
                                    reason,
                                    refusal.retry(),
                                    model == null ? "gemini-2.5-flash" : model);
                    case 503 ->
                            Errors.of(
                                    503,
                                    reason.equals("demand")
                                            ? highDemand()
                                            : "The model is overloaded. Please try again later.");
                    case 504 -> Errors.of(504, "Deadline expired before operation could complete.");
                    case 500 ->
                            Errors.of(
                                    500,
                                    "An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting");
                    case 402 ->
                            Errors.of(
                                    402,
                                    "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.");
                    default -> Errors.of(refusal.status(), "The request was refused.");
                };
        if (refusal.message() != null) {
            ((ObjectNode) made.error().get("error")).put("message", refusal.message());
        }
        if (refusal.retry() != null && refusal.status() != 429) {
            Errors.details(made).add(Errors.retryInfo(refusal.retry()));
        }
        return made;
    }

    private static String highDemand() {
        return "This model is currently experiencing high demand. Spikes in demand are usually"
                + " temporary. Please try again later.";
    }

    private static ApiException badRequest(String reason) {
        return switch (reason) {
            case "API_KEY_INVALID" -> CredentialErrors.invalidKey();
            case "expired" ->
                    CredentialErrors.invalidKey("API key expired. Please renew the API key.");
            case "location" ->
                    new ApiException(
                            400,
                            Errors.body(
                                    400,
                                    "FAILED_PRECONDITION",
                                    "User location is not supported for the API use.",
                                    null));
            case "toolong" ->
                    Errors.of(
                            400,
                            "The input token count exceeds the maximum number of tokens allowed (1048576).");
            case "signature" -> Errors.of(400, "Thought signature is not valid");
            default -> Errors.of(400, "Request contains an invalid argument.");
        };
    }

    private static ApiException unauthenticated(String reason) {
        if (!reason.equals("wrongproduct")) {
            return CredentialErrors.tokenNotSupported();
        }
        return Errors.of(
                401,
                "API keys are not supported by this API. Expected OAuth2 access token or other authentication credentials that assert a principal. See https://cloud.google.com/docs/authentication");
    }

    private static ApiException forbidden(String reason, @Nullable ApiKey key, String project) {
        return switch (reason) {
            case "leaked" ->
                    Errors.of(
                            403,
                            "Your API key was reported as leaked. Please use another API key.");
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
                    Errors.of(403, "Your project has been denied access. Please contact support.");
            case "file" -> Errors.foreignFile("scripted");
            case "cache" -> Errors.foreignCache();
            default -> Errors.of(403, "The caller does not have permission");
        };
    }

    private static ApiException suspended(String value, String project) {
        String consumer = "api_key:" + value;
        ApiException made =
                Errors.of(
                        403, "Permission denied: Consumer '" + consumer + "' has been suspended.");
        ObjectNode why = Errors.reason("CONSUMER_SUSPENDED", "googleapis.com");
        ((ObjectNode) why.get("metadata"))
                .put("containerInfo", consumer)
                .put("consumer", "projects/" + project);
        Errors.details(made).add(why);
        return made;
    }

    private static ApiException blocked(String reason, String message, String project) {
        ApiException made = Errors.of(403, message);
        ObjectNode why = Errors.reason(reason, "googleapis.com");
        ((ObjectNode) why.get("metadata")).put("consumer", "projects/" + project);
        Errors.details(made).add(why);
        return made;
    }

    private static ApiException exhausted(String reason, @Nullable Duration retry, String model) {
        Duration wait = retry == null ? Duration.ofSeconds(14) : retry;
        return switch (reason) {
            case "perday" ->
                    QuotaErrors.quota(
                            List.of(QuotaErrors.Violation.requestsPerDay(model, 20)), wait);
            case "tokens" ->
                    QuotaErrors.quota(
                            List.of(QuotaErrors.Violation.tokensPerMinute(model, 3_000_000)), wait);
            case "limit0" ->
                    QuotaErrors.quota(
                            List.of(QuotaErrors.Violation.requestsPerDay(model, 0)), wait);
            case "prepaid" ->
                    Errors.of(
                            429,
                            "Your prepayment credits are depleted. Please go to AI Studio at https://ai.studio/projects to manage your project and billing.");
            case "spendcap" ->
                    Errors.of(
                            429,
                            "Your project has exceeded its monthly spending cap. Please go to AI Studio at https://ai.studio/spend to manage your project spend cap.");
            case "generic" -> Errors.of(429, "Resource has been exhausted (e.g. check quota).");
            case "bare" -> {
                ApiException bare =
                        Errors.of(
                                429,
                                "You exceeded your current quota, please check your plan and billing details.");
                Errors.details(bare).add(QuotaErrors.help());
                yield bare;
            }
            default ->
                    QuotaErrors.quota(
                            List.of(QuotaErrors.Violation.requestsPerMinute(model, 10)), wait);
        };
    }
}
