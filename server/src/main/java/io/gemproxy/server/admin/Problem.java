package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;

/**
 * The body of an error on the admin port (RFC 9457).
 *
 * @param type names the kind of problem, stably
 * @param title the same in words
 * @param status as in the status line
 * @param detail what to do about it
 * @param instance names this occurrence
 * @param requestId leads to the log
 */
record Problem(
        String type, String title, int status, String detail, String instance, String requestId) {
    static Problem of(Kind kind, String detail, RequestId id) {
        return of(kind.code, kind.title, kind.status, detail, id);
    }

    static Problem of(String code, String title, int status, String detail, RequestId id) {
        return new Problem(
                "urn:gemproxy:problem:" + code,
                title,
                status,
                detail,
                "urn:gemproxy:request:" + id.value(),
                id.value());
    }

    /** The kinds there are. */
    enum Kind {
        UNAUTHENTICATED("unauthenticated", "No valid admin token", 401),
        FORBIDDEN("forbidden", "Not an admin token", 403),
        CROSS_SITE("cross_site", "A page of another site sent this", 403),
        WRONG_PASSWORD("wrong_password", "Not logged in", 401),
        LOCKED_OUT("locked_out", "Too many vain logins", 429),
        TOO_LARGE("too_large", "The body is too large", 413),
        CODED("content_coding", "This content coding is not taken", 415),
        INVALID("invalid_request", "The request cannot be understood", 400),
        CONFLICT("conflict", "Not as things are", 409),
        UNCONDITIONAL("precondition_required", "Say what you change", 428),
        STALE("stale", "Somebody else changed it first", 412),
        UNFIT("invalid_configuration", "No server could run with it", 422),
        WRITES_FORBIDDEN("writes_forbidden", "The configuration may not be written here", 403),
        NOT_SAVED("not_saved", "Not certainly on disk", 503),
        CONFIG_REJECTED("config_rejected", "This configuration cannot be put into effect", 422),
        PARTLY_APPLIED("partly_applied", "Only parts of the server took it over", 500),
        NOT_FOUND("not_found", "Not found", 404),
        METHOD_NOT_ALLOWED("method_not_allowed", "Method not allowed", 405),
        MISDIRECTED("misdirected", "Host not served here", 421),
        NOT_NOW("not_now", "Not now", 429),
        TOO_SLOW("body_too_slow", "The body comes too slowly", 408),
        TOO_MANY("too_many_failures", "Too many requests without a valid token", 429),
        AUDIT_UNAVAILABLE("audit_unavailable", "The audit log cannot be written", 503),
        INTERNAL("internal", "Internal error", 500);

        private final String code;
        private final String title;
        private final int status;

        Kind(String code, String title, int status) {
            this.code = code;
            this.title = title;
            this.status = status;
        }
    }
}
