package io.gemproxy.server.keys.selection;

/** Something that can be chosen. */
public interface Candidate {
    /** Its share, from 1. */
    int weight();

    /** Requests it serves now. */
    int inFlight();
}
