package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.TraceContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a client's header fields go to Google: all but credentials and what names the client.
 */
public final class RequestHeaders {
    /** Set by the connection itself: routing, framing and the key. */
    private static final Set<String> OURS =
            Set.of("host", "content-length", "expect", "x-goog-api-key", "authorization", "cookie");

    private static final Set<String> NEVER =
            Set.of(
                    "accept-encoding",
                    "forwarded",
                    "via",
                    "x-real-ip",
                    "x-client-ip",
                    "client-ip",
                    "x-forwarded",
                    "x-originating-ip",
                    "x-remote-ip",
                    "x-remote-addr",
                    "fastly-client-ip",
                    "x-azure-clientip",
                    "x-azure-socketip",
                    "x-envoy-external-address",
                    "x-appengine-user-ip",
                    "cf-ipcountry",
                    "cdn-loop",
                    "x-amzn-trace-id",
                    "x-http-method-override",
                    "x-http-method",
                    "x-method-override",
                    "x-cluster-client-ip",
                    "x-original-url",
                    "x-original-host",
                    "true-client-ip",
                    "cf-connecting-ip",
                    "referer",
                    "origin",
                    "from",
                    "cookie2",
                    "x-goog-user-project",
                    "x-goog-request-params",
                    "x-gemini-api-privileged-user-id",
                    "x-gemproxy-session",
                    "x-request-id",
                    "x-cloud-trace-context",
                    "baggage");

    private static final FieldNames ONLY_OURS = FieldNames.of(List.of(OURS, HopByHop.ALWAYS));

    private static final FieldNames HELD_BACK =
            FieldNames.of(List.of(OURS, NEVER, HopByHop.ALWAYS));

    private RequestHeaders() {}

    /**
     * The client's fields that may go up, in their order, in a list of the caller's own: without
     * credentials, hop-by-hop fields (those that {@code Connection} names too), framing, what tells
     * where the client is, a trace that is not valid, and anything with a control character. The
     * caller adds {@code Accept-Encoding}. See contract section 4.
     */
    public static List<HeaderField> forUpstream(Iterable<HeaderField> fromClient) {
        Set<String> nominated = HopByHop.nominated(fromClient);
        List<HeaderField> kept = new ArrayList<>();
        for (HeaderField field : fromClient) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (mayPass(name) && !nominated.contains(name) && isWellFormed(field)) {
                kept.add(field);
            }
        }
        dropInvalidTrace(kept);
        return kept;
    }

    /** A trace that is not valid is none (W3C Trace Context, 3.2 and 3.3). */
    private static void dropInvalidTrace(List<HeaderField> fields) {
        List<String> parents = values(fields, TraceContext.PARENT);
        List<String> states = values(fields, TraceContext.STATE);
        if (parents.isEmpty() && states.isEmpty()) {
            return;
        }
        Optional<TraceContext> trace = TraceContext.of(parents, states);
        fields.removeIf(field ->
                (trace.isEmpty() && field.name().equalsIgnoreCase(TraceContext.PARENT))
                        || (trace.flatMap(TraceContext::state).isEmpty()
                                && field.name().equalsIgnoreCase(TraceContext.STATE)));
    }

    private static List<String> values(List<HeaderField> fields, String name) {
        List<String> values = List.of();
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase(name)) {
                values = values.isEmpty() ? new ArrayList<>() : values;
                values.add(field.value());
            }
        }
        return values;
    }

    /** Whether only this room may set the field; handing one in is a defect of the caller. */
    static boolean isOurs(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ONLY_OURS.contains(lower) || HopByHop.byBeginning(lower);
    }

    static boolean isWellFormed(HeaderField field) {
        return HeaderSyntax.isName(field.name()) && HeaderSyntax.isValue(field.value());
    }

    private static boolean mayPass(String name) {
        return !HELD_BACK.contains(name)
                && !HopByHop.byBeginning(name)
                && !name.startsWith("x-forwarded-")
                && !name.startsWith("x-b3-")
                && !name.startsWith("sec-");
    }
}
