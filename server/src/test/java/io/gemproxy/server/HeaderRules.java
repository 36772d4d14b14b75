package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.HeaderField;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which header fields the two sides of the proxy may differ in: exactly those contract section 4
 * names. All others must be the same, each value byte for byte, several of one name as several
 * lines in their order. The order of different names and the case of names are not promised (RFC
 * 9110, 5.1 and 5.3).
 */
final class HeaderRules {
    private static final Set<String> HOP_BY_HOP =
            names("connection keep-alive te trailer transfer-encoding upgrade http2-settings");

    /** Never sent upstream: credentials, what tells who or where the client is. */
    private static final Set<String> REQUEST_REMOVED =
            names(
                    "authorization x-goog-api-key cookie referer origin forwarded via x-real-ip"
                            + " x-forwarded-for x-forwarded-proto x-forwarded-host x-request-id"
                            + " sec-fetch-mode sec-fetch-site sec-ch-ua expect"
                            + " x-goog-user-project x-goog-request-params"
                            + " x-gemini-api-privileged-user-id x-gemproxy-session");

    /** Ours on the way up; framing, which may change with the transfer coding. */
    private static final Set<String> REQUEST_OURS = names("host accept-encoding content-length");

    /** Cookies, other addresses and project names of the pool; {@code Server-Timing} is ours. */
    private static final Set<String> ANSWER_REMOVED =
            names(
                    "set-cookie alt-svc server-timing www-authenticate x-request-id"
                            + " x-goog-user-project");

    private static final Set<String> ANSWER_ADDED =
            names("x-request-id ratelimit ratelimit-policy server-timing x-client-request-id");

    private HeaderRules() {}

    private static Set<String> names(String words) {
        return Set.of(words.split(" ", -1));
    }

    /** Google must see the client's fields, one key of the pool, our host, our coding. */
    static void checkRequest(
            WireMessage sent, WireMessage received, String authority, String pooledKey) {
        assertEquals(
                lines(sent, gone(sent, REQUEST_REMOVED).or(REQUEST_OURS::contains)),
                lines(received, isKeyField(received).or(REQUEST_OURS::contains)),
                "request headers");
        assertEquals(List.of(authority), received.values("host"), "Host");
        boolean openAi = sent.startLine().contains(" /v1beta/openai/");
        assertEquals(
                List.of(openAi ? "Bearer " + pooledKey : pooledKey),
                received.values(openAi ? "authorization" : "x-goog-api-key"),
                "the pooled key");
        assertEquals(
                openAi ? List.of() : List.of(pooledKey), received.values("x-goog-api-key"), "key");
        assertEquals(1, received.values("accept-encoding").size(), "Accept-Encoding");
    }

    private static Predicate<String> isKeyField(WireMessage received) {
        return gone(received, names("authorization x-goog-api-key"));
    }

    /** The client must get Google's fields and our own few. */
    static void checkAnswer(
            WireMessage said,
            WireMessage got,
            WireMessage.Kind kind,
            CorpusDifferences differences) {
        Set<String> apart = new TreeSet<>(differences.removedAnswerHeaders());
        differences.answerHeaders().forEach(field -> apart.add(lower(field)));
        apart.addAll(reframed(said, kind));
        checkOwn(got, differences.removedAnswerHeaders());
        assertEquals(
                lines(said, gone(said, ANSWER_REMOVED).or(apart::contains)),
                lines(got, gone(got, ANSWER_ADDED).or(apart::contains)),
                "answer headers");
        for (HeaderField field : differences.answerHeaders()) {
            List<String> values = got.values(field.name());
            assertTrue(
                    values.size() == 1 && pattern(field.value()).matcher(values.get(0)).matches(),
                    () -> field.name() + ": " + values);
        }
        for (String removed : differences.removedAnswerHeaders()) {
            assertEquals(List.of(), got.values(removed), removed);
        }
    }

    /**
     * A chunked body may arrive with a length, and a missing {@code Date} is added (RFC 9110,
     * 6.6.1).
     */
    private static Set<String> reframed(WireMessage said, WireMessage.Kind kind) {
        Set<String> names = new TreeSet<>();
        if (kind == WireMessage.Kind.ANSWER && !said.values("transfer-encoding").isEmpty()) {
            names.add("content-length");
        }
        if (said.values("date").isEmpty()) {
            names.add("date");
        }
        return names;
    }

    private static void checkOwn(WireMessage got, List<String> removed) {
        for (String name : List.of("x-request-id", "ratelimit", "ratelimit-policy")) {
            assertEquals(removed.contains(name) ? 0 : 1, got.values(name).size(), name);
        }
        List<String> timing = got.values("server-timing");
        assertTrue(
                timing.size() == 1 && timing.get(0).matches("gemproxy;dur=\\d+\\.\\d\\d"),
                () -> "Server-Timing: " + timing);
        assertTrue(
                got.values("transfer-encoding").isEmpty() || got.values("content-length").isEmpty(),
                "two framings");
    }

    private static Pattern pattern(String value) {
        return Pattern.compile(Pattern.quote(value).replace("{{any}}", "\\E[A-Za-z0-9_-]+\\Q"));
    }

    /** Hop-by-hop names, those that {@code Connection} lists too, and others. */
    private static Predicate<String> gone(WireMessage message, Set<String> others) {
        Set<String> nominated = new TreeSet<>();
        for (String value : message.values("connection")) {
            for (String name : value.split(",", -1)) {
                nominated.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return name ->
                HOP_BY_HOP.contains(name)
                        || name.startsWith("proxy-")
                        || nominated.contains(name)
                        || others.contains(name);
    }

    private static List<String> lines(WireMessage message, Predicate<String> left) {
        List<HeaderField> kept = new ArrayList<>();
        for (HeaderField field : message.fields()) {
            if (!left.test(lower(field))) {
                kept.add(field);
            }
        }
        kept.sort(java.util.Comparator.comparing(HeaderRules::lower));
        return Collections.unmodifiableList(
                kept.stream().map(field -> lower(field) + ": " + field.value()).toList());
    }

    private static String lower(HeaderField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
