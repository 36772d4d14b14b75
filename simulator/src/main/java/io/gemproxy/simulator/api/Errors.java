package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Google's error bodies: texts and details as they were seen on the wire. */
final class Errors {
    static final String TYPE = "type.googleapis.com/google.rpc.";
    static final String SERVICE = "generativelanguage.googleapis.com";

    private Errors() {}

    /** An error with a message and nothing more. */
    public static ApiException of(int status, String message) {
        return new ApiException(status, body(status, rpc(status), message, null));
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

    static ObjectNode reason(String reason, String domain) {
        ObjectNode why =
                Json.object()
                        .put("@type", TYPE + "ErrorInfo")
                        .put("reason", reason)
                        .put("domain", domain);
        why.putObject("metadata").put("service", SERVICE);
        return why;
    }

    static ObjectNode retryInfo(Duration wait) {
        return Json.object().put("@type", TYPE + "RetryInfo").put("retryDelay", seconds(wait));
    }

    static String seconds(Duration time) {
        String fraction =
                time.toMillisPart() == 0
                        ? ""
                        : "." + Integer.toString(1000 + time.toMillisPart()).substring(1);
        return time.toSeconds() + fraction + "s";
    }

    static ArrayNode details(ApiException of) {
        return ((ObjectNode) of.error().get("error")).withArray("details");
    }

    static ObjectNode body(int status, String rpc, String message, @Nullable ArrayNode details) {
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
}
