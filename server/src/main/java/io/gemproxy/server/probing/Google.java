package io.gemproxy.server.probing;

/** Whoever can be asked about a key. */
@FunctionalInterface
public interface Google {
    /** Asks and waits for the answer, within a deadline; a fault is an answer too. */
    Answer ask(Question question);
}
