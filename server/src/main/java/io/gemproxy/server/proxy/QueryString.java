package io.gemproxy.server.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The query of a request, taken apart without changing what is left of it.
 *
 * @param forwarded the raw query without credential parameters; empty if none is left
 * @param credentials the decoded values of {@code key}, empty ones left out
 */
record QueryString(String forwarded, List<String> credentials) {
    /**
     * Ways round the header list, what names the client, and a credential of WebSockets, which
     * opens nothing here.
     */
    private static final Set<String> NEVER_FORWARDED =
            Set.of(
                    "$httpHeaders",
                    "$httpMethod",
                    "$req",
                    "$ct",
                    "access_token",
                    "oauth_token",
                    "quotaUser",
                    "userIp");

    private static final Set<String> MASKS = Set.of("fields", "$fields");

    private static final QueryString EMPTY = new QueryString("", List.of());

    static QueryString of(String raw) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        List<String> credentials = new ArrayList<>(1);
        StringBuilder kept = new StringBuilder(raw.length());
        for (String parameter : raw.split("&", -1)) {
            if (NEVER_FORWARDED.contains(name(parameter))) {
                continue;
            }
            if (isCredential(parameter)) {
                value(parameter).ifPresent(credentials::add);
            } else {
                kept.append(kept.isEmpty() ? "" : "&").append(parameter);
            }
        }
        return new QueryString(kept.toString(), credentials);
    }

    /** The decoded value of the first parameter of that name. */
    Optional<String> parameter(String name) {
        for (String parameter : forwarded.split("&", -1)) {
            if (name(parameter).equals(name)) {
                return value(parameter);
            }
        }
        return Optional.empty();
    }

    /** What the client wants to see of the answer, each time it says so. */
    Stream<String> fieldMasks() {
        return Arrays.stream(forwarded.split("&", -1))
                .filter(parameter -> MASKS.contains(name(parameter)))
                .map(parameter -> value(parameter).orElse(""));
    }

    /** The same without the parameters of these names. */
    QueryString without(Set<String> names) {
        if (forwarded.isEmpty()) {
            return this;
        }
        return new QueryString(
                Arrays.stream(forwarded.split("&", -1))
                        .filter(parameter -> !names.contains(name(parameter)))
                        .collect(Collectors.joining("&")),
                credentials);
    }

    /** Tells each parameter that has a value, both decoded. */
    void each(BiConsumer<String, String> told) {
        if (forwarded.isEmpty()) {
            return;
        }
        for (String parameter : forwarded.split("&", -1)) {
            value(parameter).ifPresent(value -> told.accept(name(parameter), value));
        }
    }

    private static boolean isCredential(String parameter) {
        return name(parameter).equals("key");
    }

    private static String name(String parameter) {
        int equals = parameter.indexOf('=');
        return decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    }

    private static Optional<String> value(String parameter) {
        int equals = parameter.indexOf('=');
        return equals < 0
                ? Optional.empty()
                : Optional.of(decoded(parameter.substring(equals + 1)))
                        .filter(value -> !value.isEmpty());
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
