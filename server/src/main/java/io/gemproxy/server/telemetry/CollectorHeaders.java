package io.gemproxy.server.telemetry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Header fields for a collector, written as for {@code OTEL_EXPORTER_OTLP_HEADERS} (OpenTelemetry
 * Protocol Exporter specification): {@code name=value,name=value}, values percent-encoded.
 */
final class CollectorHeaders {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** What the sender says by itself, and does not let anybody else say. */
    private static final Set<String> OURS =
            Set.of(
                    "connection",
                    "content-encoding",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "transfer-encoding",
                    "upgrade");

    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{1,8192}");

    private CollectorHeaders() {}

    /** The fields in their order; empty if they are not written so. */
    static Optional<Map<String, String>> parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        Set<String> names = new HashSet<>(OURS);
        for (String member : text.split(",", -1)) {
            int equals = member.indexOf('=');
            String name = equals < 0 ? "" : member.substring(0, equals).strip();
            Optional<String> value = decoded(member.substring(equals + 1).strip());
            if (!NAME.matcher(name).matches()
                    || value.isEmpty()
                    || !names.add(name.toLowerCase(Locale.ROOT))) {
                return Optional.empty();
            }
            fields.put(name, value.get());
        }
        return Optional.of(fields);
    }

    private static Optional<String> decoded(String text) {
        try {
            String value = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(value).filter(it -> VALUE.matcher(it).matches());
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }
}
