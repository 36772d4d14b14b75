package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which of Google's header fields go to the client: all but hop-by-hop and what names a key. */
public final class ResponseHeaders {
    private static final Set<String> NEVER =
            Set.of(
                    "set-cookie",
                    "set-cookie2",
                    "alt-svc",
                    "server-timing",
                    "www-authenticate",
                    "authentication-info",
                    "authorization",
                    "x-goog-api-key",
                    "x-request-id",
                    "x-goog-upload-control-url",
                    "x-guploader-uploadid");

    private static final FieldNames HELD_BACK = FieldNames.of(List.of(NEVER, HopByHop.ALWAYS));

    private ResponseHeaders() {}

    /**
     * Google's fields that may go down, in their order, in a list of the caller's own. {@code
     * Content-Length}, {@code Content-Type} and {@code Content-Encoding} stay.
     */
    public static List<HeaderField> forClient(Iterable<HeaderField> fromUpstream) {
        Set<String> nominated = HopByHop.nominated(fromUpstream);
        List<HeaderField> kept = new ArrayList<>();
        for (HeaderField field : fromUpstream) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (mayPass(name) && !nominated.contains(name)) {
                kept.add(field);
            }
        }
        return kept;
    }

    private static boolean mayPass(String name) {
        return !HELD_BACK.contains(name)
                && !HopByHop.byBeginning(name)
                && !(name.startsWith("x-goog-") && name.contains("project"));
    }
}
