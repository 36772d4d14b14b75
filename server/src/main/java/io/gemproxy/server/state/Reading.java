package io.gemproxy.server.state;

/** What a state file turned out to hold. */
sealed interface Reading {
    /** There is none. */
    record Absent() implements Reading {}

    /**
     * It is whole.
     *
     * @param restore gives its content to the parts
     */
    record Good(Runnable restore) implements Reading {}

    /** It is damaged. */
    record Corrupt(String why) implements Reading {}

    /** A later version of gemproxy wrote it. */
    record Newer(String what) implements Reading {}
}
