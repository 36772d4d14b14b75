package io.gemproxy.server.admin;

import io.gemproxy.server.exchange.RequestId;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which pages of other origins may use this port from a browser (CORS): those that are named, by
 * their exact origins, with a token of their own. A cookie never counts for them.
 */
final class CrossOrigin {
    private static final HeaderName WANTED = HeaderNames.create("Access-Control-Request-Method");
    private static final String HEADERS =
            "Authorization, Content-Type, If-Match, If-None-Match, " + BrowserGuard.HEADER;
    private static final String READABLE = "ETag, Location, Retry-After, X-Request-Id";
    private static final String MOST_SECONDS = "600";

    private final Supplier<List<URI>> configured;
    private volatile Known known = new Known(List.of(), Set.of());

    /** A list of origins, and the same as browsers write them. */
    private record Known(List<URI> origins, Set<String> written) {}

    /**
     * @param configured asked for each request
     */
    CrossOrigin(Supplier<List<URI>> configured) {
        this.configured = configured;
    }

    private Set<String> allowed() {
        List<URI> now = configured.get();
        Known last = known;
        if (!last.origins().equals(now)) {
            last =
                    new Known(
                            now,
                            now.stream()
                                    .map(CrossOrigin::written)
                                    .collect(Collectors.toUnmodifiableSet()));
            known = last;
        }
        return last.written();
    }

    /** Lower-case and without the usual port, as browsers write it. */
    private static String written(URI origin) {
        String scheme = origin.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = origin.getPort() == (scheme.equals("https") ? 443 : 80);
        String port = usual || origin.getPort() < 0 ? "" : ":" + origin.getPort();
        return scheme + "://" + origin.getHost().toLowerCase(Locale.ROOT) + port;
    }

    /** Whether a request comes from a page of an origin that is named. */
    boolean allows(ServerRequest request) {
        return origin(request).isPresent();
    }

    private Optional<String> origin(ServerRequest request) {
        List<String> origins =
                request.headers().contains(HeaderNames.ORIGIN)
                        ? request.headers().values(HeaderNames.ORIGIN)
                        : List.of();
        return origins.size() == 1
                ? Optional.of(origins.getFirst()).filter(allowed()::contains)
                : Optional.empty();
    }

    /** Whether a browser asks beforehand what a page may do. */
    static boolean isPreflight(ServerRequest request) {
        return request.prologue().method().equals(Method.OPTIONS)
                && request.headers().contains(HeaderNames.ORIGIN)
                && request.headers().contains(WANTED);
    }

    /**
     * The answer to that.
     *
     * @param methods of the path, as in {@code Allow}
     */
    Reply preflight(ServerRequest request, String methods, RequestId id) {
        if (!allows(request)) {
            return Reply.problem(
                    Problem.of(
                            Problem.Kind.CROSS_SITE,
                            "This origin is none of admin.cors.allowed_origins.",
                            id),
                    Map.of());
        }
        return Reply.empty(
                204,
                Map.of(
                        "Access-Control-Allow-Methods", methods,
                        "Access-Control-Allow-Headers", HEADERS,
                        "Access-Control-Max-Age", MOST_SECONDS));
    }

    /** What an answer says about the origin of its request; nothing where none is named. */
    Map<String, String> headers(ServerRequest request) {
        if (allowed().isEmpty()) {
            return Map.of();
        }
        Map<String, String> headers = new HashMap<>(Map.of("Vary", "Origin"));
        origin(request)
                .ifPresent(origin -> {
                    headers.put("Access-Control-Allow-Origin", origin);
                    headers.put("Access-Control-Expose-Headers", READABLE);
                });
        return Map.copyOf(headers);
    }
}
