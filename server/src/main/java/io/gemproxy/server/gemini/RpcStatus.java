package io.gemproxy.server.gemini;

import java.util.Locale;

/** The canonical codes of Google's RPCs and the HTTP status each is told with. */
enum RpcStatus {
    CANCELLED(1, 499),
    UNKNOWN(2, 500),
    INVALID_ARGUMENT(3, 400),
    DEADLINE_EXCEEDED(4, 504),
    NOT_FOUND(5, 404),
    ALREADY_EXISTS(6, 409),
    PERMISSION_DENIED(7, 403),
    RESOURCE_EXHAUSTED(8, 429),
    FAILED_PRECONDITION(9, 400),
    ABORTED(10, 409),
    OUT_OF_RANGE(11, 400),
    UNIMPLEMENTED(12, 501),
    INTERNAL(13, 500),
    UNAVAILABLE(14, 503),
    DATA_LOSS(15, 500),
    UNAUTHENTICATED(16, 401);

    private static final int WITHOUT_WORD = 500;

    private final int code;
    private final int http;

    RpcStatus(int code, int http) {
        this.code = code;
        this.http = http;
    }

    /**
     * The HTTP status of an error that states one, a canonical code, or only a word; 500 if nothing
     * is known of it.
     *
     * @param word a canonical name, or a code of the Interactions API
     */
    static int http(int code, String word) {
        if (code >= 400 && code < 600) {
            return code;
        }
        String upper = word.toUpperCase(Locale.ROOT);
        for (RpcStatus status : values()) {
            if (status.code == code || status.name().equals(upper)) {
                return status.http;
            }
        }
        return ofInteractions(word);
    }

    private static int ofInteractions(String word) {
        return switch (word) {
            case "invalid_request", "parameter_unknown" -> 400;
            case "authentication" -> 401;
            case "payment_required" -> 402;
            case "model_not_found" -> 404;
            case "rate_limit_exceeded", "quota_exceeded", "spend_limit_exceeded" -> 429;
            default -> WITHOUT_WORD;
        };
    }
}
