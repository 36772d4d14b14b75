package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Secret;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The one credential a client presents, wherever its SDK puts its API key. */
sealed interface Credential {
    /** A token, the same in each place where it was given. */
    record Presented(Secret token) implements Credential {}

    /** None; an empty credential header counts as none. */
    record Absent() implements Credential {}

    /** Two different ones: it cannot be known which is meant. */
    record Conflicting() implements Credential {}

    HeaderName GOOG_API_KEY = HeaderNames.create("x-goog-api-key");

    static Credential in(ServerRequestHeaders headers, QueryString query) {
        Optional<String> only = single(headers, query);
        if (only.isPresent()) {
            return new Presented(Secret.of(only.get()));
        }
        Set<String> tokens = new LinkedHashSet<>(query.credentials());
        collect(headers, tokens);
        return switch (tokens.size()) {
            case 0 -> new Absent();
            case 1 -> new Presented(Secret.of(tokens.iterator().next()));
            default -> new Conflicting();
        };
    }

    /** The everyday case without a set: one header, nothing else. */
    private static Optional<String> single(ServerRequestHeaders headers, QueryString query) {
        if (!query.credentials().isEmpty()
                || headers.contains(HeaderNames.AUTHORIZATION)
                || !headers.contains(GOOG_API_KEY)) {
            return Optional.empty();
        }
        Header header = headers.get(GOOG_API_KEY);
        return header.valueCount() == 1
                ? Optional.of(header.get().strip()).filter(token -> !token.isEmpty())
                : Optional.empty();
    }

    private static void collect(ServerRequestHeaders headers, Set<String> tokens) {
        if (headers.contains(GOOG_API_KEY)) {
            headers.get(GOOG_API_KEY).allValues().forEach(value -> add(tokens, value));
        }
        if (headers.contains(HeaderNames.AUTHORIZATION)) {
            headers.get(HeaderNames.AUTHORIZATION)
                    .allValues()
                    .forEach(value -> add(tokens, withoutScheme(value)));
        }
    }

    private static void add(Set<String> tokens, String value) {
        String token = value.strip();
        if (!token.isEmpty()) {
            tokens.add(token);
        }
    }

    /** {@code Bearer} as everybody sends it, {@code Token} as SDKs send ephemeral Live tokens. */
    private static String withoutScheme(String value) {
        String stripped = value.strip();
        for (String scheme : new String[] {"Bearer", "Token"}) {
            if (stripped.regionMatches(true, 0, scheme, 0, scheme.length())
                    && (stripped.length() == scheme.length()
                            || stripped.charAt(scheme.length()) == ' ')) {
                return stripped.substring(scheme.length());
            }
        }
        return stripped;
    }
}
