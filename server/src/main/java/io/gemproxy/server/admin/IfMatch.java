package io.gemproxy.server.admin;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The condition {@code If-Match} of a request (RFC 9110, 13.1.1), by which the second of two who
 * change the same thing learns that it has changed.
 *
 * @param tags what may be there, with their quotes; a star for anything
 */
record IfMatch(Set<String> tags) {
    private static final String ANYTHING = "*";

    /** The condition; empty if the request has none. */
    static Optional<IfMatch> of(ServerRequest request) {
        List<String> values = request.headers().values(HeaderNames.IF_MATCH);
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new IfMatch(
                                values.stream()
                                        .flatMap(it -> Stream.of(it.split(",", -1)))
                                        .map(String::strip)
                                        .collect(Collectors.toUnmodifiableSet())));
    }

    /** Where there is no condition, everything fits. */
    static IfMatch orAnything(ServerRequest request) {
        return of(request).orElseGet(() -> new IfMatch(Set.of(ANYTHING)));
    }

    /** A version as the header {@code ETag} says it. */
    static String tag(String version) {
        return '"' + version + '"';
    }

    /** Whether this version may be there. A weak tag never fits. */
    boolean admits(String version) {
        return tags.contains(ANYTHING) || tags.contains(tag(version));
    }
}
