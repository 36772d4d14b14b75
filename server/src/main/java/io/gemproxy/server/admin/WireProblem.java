package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import java.util.Locale;
import java.util.Map;

/** The problem document (RFC 9457) of a request that never came as far as the routes. */
public final class WireProblem {
    public static final String CONTENT_TYPE = "application/problem+json";

    private WireProblem() {}

    /**
     * The document.
     *
     * @param code names the kind, stably; in capitals or not
     * @param title the same in words
     * @param detail what to do about it
     */
    public static byte[] body(int status, String code, String title, String detail, RequestId id) {
        return Json.bytes(Problem.of(code.toLowerCase(Locale.ROOT), title, status, detail, id));
    }

    /** What goes with it, as with every answer of this port. */
    public static Map<String, String> headers() {
        return SecurityHeaders.ALL;
    }
}
