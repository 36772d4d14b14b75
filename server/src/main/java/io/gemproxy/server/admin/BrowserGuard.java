package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Against pages of other sites in an operator's browser (CSRF): whatever changes something is
 * refused where the browser says that another site sent it. A cookie counts only where the browser
 * says that our own page did, and that page sets a header which no form can.
 */
final class BrowserGuard {
    /** Its value does not matter; it makes a browser ask before it sends from another origin. */
    static final String HEADER = "X-Gemproxy-Request";

    private static final HeaderName SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final HeaderName OURS = HeaderNames.create(HEADER);

    private BrowserGuard() {}

    /** Whether a request may be looked at at all. */
    static boolean admits(ServerRequest request) {
        return reads(request) || !foreign(request);
    }

    /** Whether the cookie of a request may stand for who logged in. */
    static boolean trustsCookie(ServerRequest request) {
        if (foreign(request)) {
            return false;
        }
        return reads(request)
                || (request.headers().contains(HeaderNames.ORIGIN)
                        && request.headers().contains(OURS));
    }

    static Reply refusal(RequestId id) {
        return Reply.problem(
                Problem.of(
                        Problem.Kind.CROSS_SITE,
                        "With a cookie, send Origin and " + HEADER + ", from a page of this port.",
                        id),
                Map.of());
    }

    private static boolean reads(ServerRequest request) {
        Method method = request.prologue().method();
        return method.equals(Method.GET) || method.equals(Method.HEAD);
    }

    private static boolean foreign(ServerRequest request) {
        Optional<String> site = request.headers().first(SITE);
        boolean otherSite =
                site.filter(it -> !it.equals("same-origin") && !it.equals("none")).isPresent();
        List<String> origins =
                request.headers().contains(HeaderNames.ORIGIN)
                        ? request.headers().values(HeaderNames.ORIGIN)
                        : List.of();
        return otherSite || origins.stream().anyMatch(it -> !own(it, request.authority()));
    }

    /** The scheme may be another one than ours: TLS may end before us. */
    private static boolean own(String origin, String authority) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String host = authority.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + without(host, ":80"))
                || lower.equals("https://" + without(host, ":443"));
    }

    /** An origin never names the usual port, {@code Host} may. */
    private static String without(String host, String port) {
        return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }
}
