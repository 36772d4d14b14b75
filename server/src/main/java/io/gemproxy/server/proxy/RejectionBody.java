package io.gemproxy.server.proxy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gemproxy.server.exchange.Rejection;
import io.gemproxy.server.exchange.RequestId;
import io.gemproxy.server.gemini.Dialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A refusal in the words the SDK at that path parses (google.rpc.Status, or OpenAI's error object).
 */
public final class RejectionBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RejectionBody() {}

    /** The JSON body, always to be sent as exactly {@code application/json}. */
    public static byte[] of(Rejection rejection, Dialect dialect, RequestId id) {
        ObjectNode error =
                switch (dialect) {
                    case NATIVE -> google(rejection, id);
                    case OPENAI -> openAi(rejection);
                };
        ObjectNode body = JSON.createObjectNode();
        body.set("error", error);
        try {
            return (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Whole seconds to wait, rounded up, at least one: {@code Retry-After} and {@code RetryInfo}
     * must agree.
     */
    static long seconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

    /** Python's SDK wants {@code error} first and a numeric {@code code}. */
    private static ObjectNode google(Rejection rejection, RequestId id) {
        ObjectNode error = JSON.createObjectNode();
        error.put("code", rejection.status());
        error.put("message", rejection.message());
        error.put("status", rejection.rpcStatus());
        ArrayNode details = error.putArray("details");
        ObjectNode reason = details.addObject();
        reason.put("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        reason.put("reason", rejection.reason());
        reason.put("domain", "gemproxy");
        reason.putObject("metadata").put("request_id", id.value());
        if (rejection.retryIn().isPresent()) {
            ObjectNode retry = details.addObject();
            retry.put("@type", "type.googleapis.com/google.rpc.RetryInfo");
            retry.put("retryDelay", seconds(rejection.retryIn().get()) + "s");
        }
        return error;
    }

    private static ObjectNode openAi(Rejection rejection) {
        ObjectNode error = JSON.createObjectNode();
        error.put("message", rejection.message());
        error.put("type", openAiType(rejection.status()));
        error.putNull("param");
        error.put("code", rejection.reason().toLowerCase(Locale.ROOT));
        error.put("status", rejection.rpcStatus());
        return error;
    }

    private static String openAiType(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
