package io.gemproxy.server.exchange;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a request stands in a trace that began before it (W3C Trace Context, level 1).
 *
 * @param traceId 32 lower-case hex digits, not all zero
 * @param parentId 16 of them: the caller's span
 * @param sampled whether the caller records it
 * @param state the vendors' own values, if they are valid
 */
public record TraceContext(
        String traceId, String parentId, boolean sampled, Optional<String> state) {
    /** The field that names the trace. */
    public static final String PARENT = "traceparent";

    /** The field with the vendors' own values. */
    public static final String STATE = "tracestate";

    private static final int VERSION_0 = 55;
    private static final int MOST_STATE = 512;
    private static final int MOST_MEMBERS = 32;
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");
    private static final Pattern MEMBER =
            Pattern.compile(
                    "[ \\t]*(([a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
                            + "=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e])?[ \\t]*");

    /**
     * What the fields of a request say.
     *
     * @param parents the values of all its {@value #PARENT} fields
     * @param states those of all its {@value #STATE} fields, in order
     * @return empty unless there is exactly one parent, and a valid one
     */
    public static Optional<TraceContext> of(List<String> parents, List<String> states) {
        if (parents.size() != 1 || !isValid(parents.getFirst())) {
            return Optional.empty();
        }
        String parent = parents.getFirst();
        return Optional.of(
                new TraceContext(
                        parent.substring(3, 35),
                        parent.substring(36, 52),
                        (Character.digit(parent.charAt(54), 16) & 1) == 1,
                        state(states)));
    }

    private static boolean isValid(String parent) {
        return FORM.matcher(parent).matches()
                && (parent.length() == VERSION_0 || !parent.startsWith("00"))
                && !parent.startsWith("0".repeat(32), 3)
                && !parent.startsWith("0".repeat(16), 36);
    }

    private static Optional<String> state(List<String> states) {
        String all = String.join(",", states);
        String[] members = all.split(",", -1);
        boolean sane = all.length() <= MOST_STATE && members.length <= MOST_MEMBERS;
        for (String member : members) {
            sane = sane && MEMBER.matcher(member).matches();
        }
        return sane && !all.isBlank() ? Optional.of(all) : Optional.empty();
    }
}
