package io.gemproxy.server.upstream;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of header fields; most others are told apart by their first letter and their length. */
final class FieldNames {
    private final Set<String> names;
    private final long[] lengths = new long[128];

    private FieldNames(Set<String> names) {
        this.names = names;
        for (String name : names) {
            lengths[name.charAt(0)] |= bit(name);
        }
    }

    /**
     * All of these together.
     *
     * @param names in lower case, none of them empty
     */
    static FieldNames of(List<Set<String>> names) {
        return new FieldNames(
                names.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * @param name in lower case
     */
    boolean contains(String name) {
        if (name.isEmpty() || name.charAt(0) >= lengths.length) {
            return false;
        }
        return (lengths[name.charAt(0)] & bit(name)) != 0 && names.contains(name);
    }

    /** Lengths that are 64 apart share one. */
    private static long bit(String name) {
        return 1L << name.length();
    }
}
