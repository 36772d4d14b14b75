package io.gemproxy.server.usage;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts the search queries that the candidates of each text of a stream say they made. */
final class GroundingScan {
    /** Longest name that matters here. */
    static final int LONGEST_NAME = 17;

    private static final byte[] GROUNDING = "groundingMetadata".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] QUERIES = "webSearchQueries".getBytes(StandardCharsets.US_ASCII);

    private int inside = -1;
    private int queries = -1;
    private boolean next;
    private int counted;
    private int most;

    /** Whether names at this depth may be ours. */
    boolean wants(int depth) {
        return depth == inside;
    }

    /**
     * A string ended.
     *
     * @param candidate whether it stands directly in a candidate
     */
    void string(byte[] name, int length, int depth, boolean candidate) {
        if (depth == queries) {
            counted++;
            most = Math.max(most, counted);
        } else {
            next =
                    candidate
                            ? is(GROUNDING, name, length)
                            : depth == inside && is(QUERIES, name, length);
        }
    }

    /** An object or array opens at this depth, as the value of the last name. */
    void open(byte bracket, int depth) {
        if (next && bracket == '{') {
            inside = depth + 1;
        } else if (next && bracket == '[' && depth == inside) {
            queries = depth + 1;
        }
        next = false;
    }

    /** Something closed, and this is the depth now. */
    void close(int depth) {
        queries = depth < queries ? -1 : queries;
        inside = depth < inside ? -1 : inside;
        next = false;
    }

    /** The next text begins: what it counts is counted anew, as all of Google's counts. */
    void restart() {
        inside = -1;
        queries = -1;
        next = false;
        counted = 0;
    }

    /** The most that one text counted. */
    int most() {
        return most;
    }

    private static boolean is(byte[] word, byte[] name, int length) {
        return length == word.length && Arrays.equals(word, 0, length, name, 0, length);
    }
}
