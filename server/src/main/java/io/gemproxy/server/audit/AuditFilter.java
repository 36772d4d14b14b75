package io.gemproxy.server.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses records whose fields have given values. A dot goes into an object or the elements of a
 * list: {@code tokens.total=5}, {@code attempts.key_id=primary}.
 */
public final class AuditFilter {
    /** Lets every record pass, and torn lines too. */
    public static final AuditFilter ALL = new AuditFilter(List.of());

    private final List<Condition> conditions;

    private AuditFilter(List<Condition> conditions) {
        this.conditions = List.copyOf(conditions);
    }

    /**
     * Reads conditions of the form {@code key=value}, all of which must hold; empty if one is not.
     */
    public static Optional<AuditFilter> parse(List<String> conditions) {
        List<Condition> parsed = new ArrayList<>();
        for (String condition : conditions) {
            int equals = condition.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            parsed.add(
                    new Condition(
                            List.of(condition.substring(0, equals).split("\\.", -1)),
                            condition.substring(equals + 1)));
        }
        return Optional.of(new AuditFilter(parsed));
    }

    boolean passesTorn() {
        return conditions.isEmpty();
    }

    boolean passes(JsonNode entry) {
        return conditions.stream().allMatch(condition -> condition.holds(entry, 0));
    }

    /**
     * One field and the value it must have.
     *
     * @param path names from the outside in
     * @param value as text
     */
    private record Condition(List<String> path, String value) {
        boolean holds(JsonNode node, int depth) {
            if (node.isArray()) {
                for (JsonNode element : node) {
                    if (holds(element, depth)) {
                        return true;
                    }
                }
                return false;
            }
            if (depth < path.size()) {
                return holds(node.path(path.get(depth)), depth + 1);
            }
            return node.isValueNode() && node.asText().equals(value);
        }
    }
}
