package io.gemproxy.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request-target taken apart: the decoded path and the query parameters. */
public record Target(String path, Map<String, String> query) {

    /**
     * Parses an origin-form or absolute-form target; what cannot be decoded is kept as it stands.
     */
    public static Target parse(String raw) {
        String target = raw;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf("://");
            int slash = scheme < 0 ? -1 : target.indexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target.substring(slash);
        }
        int mark = target.indexOf('?');
        if (mark < 0) {
            return new Target(decodePath(target), Map.of());
        }
        return new Target(decodePath(target.substring(0, mark)), query(target.substring(mark + 1)));
    }

    /** The parameter's decoded value, or null. */
    public @Nullable String parameter(String name) {
        return query.get(name);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf('&', from);
            String pair = to < 0 ? text.substring(from) : text.substring(from, to);
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.putIfAbsent(decode(name), decode(value));
            }
            if (to < 0) {
                break;
            }
            from = to + 1;
        }
        return parameters;
    }

    private static String decodePath(String path) {
        return path.indexOf('%') < 0 ? path : decode(path.replace("+", "%2B"));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
