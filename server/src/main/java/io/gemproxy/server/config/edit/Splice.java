package io.gemproxy.server.config.edit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is put in the place of a part of a text.
 *
 * @param start of the part
 * @param end behind the part; {@code start} to put something between
 * @param text that takes its place
 */
record Splice(int start, int end, String text) {
    /** The text after all of these, which do not overlap; at one place, in their order. */
    static String apply(String text, List<Splice> splices) {
        List<Splice> ordered = new ArrayList<>(splices);
        ordered.sort(Comparator.comparingInt(Splice::start));
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (Splice splice : ordered) {
            int start = Math.max(at, splice.start());
            out.append(text, at, start).append(splice.text());
            at = Math.max(start, splice.end());
        }
        return out.append(text, at, text.length()).toString();
    }

    /** May be a secret. */
    @Override
    public String toString() {
        return "Splice[" + start + "-" + end + "]";
    }
}
