package io.gemproxy.server.upstream;

import io.gemproxy.server.exchange.HeaderField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which header fields belong to one connection only (RFC 9110, 7.6.1) and are never forwarded. */
final class HopByHop {
    /** By their whole names, in lower case. */
    static final Set<String> ALWAYS =
            Set.of(
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings");

    private static final FieldNames NAMES = FieldNames.of(List.of(ALWAYS));

    private HopByHop() {}

    /** Whether a name, in lower case, is of those that go from hop to hop by their beginning. */
    static boolean byBeginning(String name) {
        return name.startsWith("proxy-");
    }

    /** Takes out what belongs to the connection the message came over. */
    static void removeFrom(List<HeaderField> fields) {
        Set<String> nominated = nominated(fields);
        fields.removeIf(field -> {
            String name = field.name().toLowerCase(Locale.ROOT);
            return always(name) || nominated.contains(name);
        });
    }

    /** Lower-case names of the fields in this message that are hop-by-hop for it alone. */
    static Set<String> nominated(Iterable<HeaderField> fields) {
        Set<String> names = Set.of();
        for (HeaderField field : fields) {
            if (field.name().equalsIgnoreCase("connection")) {
                names = names.isEmpty() ? new HashSet<>() : names;
                for (String token : field.value().split(",", -1)) {
                    names.add(token.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return names;
    }

    /**
     * @param name in lower case
     */
    static boolean always(String name) {
        return NAMES.contains(name) || byBeginning(name);
    }
}
