package io.gemproxy.acceptance;

/** A Gemini key of the pool, known to the simulator too. */
record PooledKey(String id, String value, String project, int weight) {
    /** The n-th key of a bench, in a project of its own. */
    static PooledKey number(int n, int weight) {
        return new PooledKey(
                "key-" + n,
                "AIzaSy/" + n + "+pooled=Key~" + "0123456789ABCDEFGH" + n,
                "project-" + n,
                weight);
    }
}
