package io.gemproxy.server.gemini;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an error answer of Gemini says, in any of its shapes: native, one-element array, OpenAI
 * compatible, Interactions.
 *
 * @param code the body's own status code; 0 when it states none
 * @param status the RPC status, e.g. {@code RESOURCE_EXHAUSTED}, or the word the Interactions API
 *     puts into {@code code}, e.g. {@code quota_exceeded}; may be empty
 * @param message may be empty; may echo keys and project numbers, so it is never shown or logged as
 *     it is
 * @param reasons of every ErrorInfo, e.g. {@code API_KEY_INVALID}
 * @param retryDelay of RetryInfo, else what the message says ({@code Please retry in 51.3s})
 * @param violations of every QuotaFailure
 * @param project the number of the consumer project, if the body reveals it
 */
public record GeminiError(
        int code,
        String status,
        String message,
        List<String> reasons,
        Optional<Duration> retryDelay,
        List<QuotaViolation> violations,
        Optional<String> project) {

    /** How much of a body is looked at, in bytes. */
    public static final int LONGEST_BODY = 64 * 1024;

    public GeminiError {
        reasons = List.copyOf(reasons);
        violations = List.copyOf(violations);
    }

    /**
     * Reads the first {@link #LONGEST_BODY} bytes of a body.
     *
     * @param body decoded (no gzip); may be cut off or anything else
     * @param contentType as received, empty if absent. Google sends errors of SSE calls as plain
     *     JSON under {@code text/event-stream}, so it only rules out HTML
     * @return empty if there is no error object in it
     */
    public static Optional<GeminiError> parse(byte[] body, String contentType) {
        if (isPage(contentType)) {
            return Optional.empty();
        }
        return new GeminiErrorReader().read(body, Math.min(body.length, LONGEST_BODY));
    }

    /**
     * The HTTP status that belongs to the error, for one that came inside an answer whose own
     * status says nothing; 500 if the error does not tell.
     */
    public int httpStatus() {
        return RpcStatus.http(code, status);
    }

    /**
     * As {@link #parse}, and from a body without an error object whatever it says in plain words,
     * as gRPC clients and gateways do.
     *
     * @return an error that says nothing for a page, for JSON without an error and for nothing
     */
    public static GeminiError read(byte[] body, String contentType) {
        return parse(body, contentType)
                .orElseGet(() ->
                        new GeminiErrorReader()
                                .ofMessage(
                                        isPage(contentType)
                                                ? ""
                                                : PlainText.messageOf(
                                                        body,
                                                        Math.min(body.length, LONGEST_BODY))));
    }

    private static boolean isPage(String contentType) {
        return contentType.regionMatches(true, 0, "text/html", 0, "text/html".length());
    }

    public boolean hasReason(String reason) {
        return reasons.contains(reason);
    }

    /** Leaves the message out, since it may hold a key. */
    @Override
    public String toString() {
        return "GeminiError[code=" + code + ", status=" + status + ", reasons=" + reasons + "]";
    }
}
