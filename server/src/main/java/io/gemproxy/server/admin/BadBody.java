package io.gemproxy.server.admin;

import java.io.Serial;

/** A request body that is not what it should be; the message is for its author. */
final class BadBody extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final Problem.Kind kind;

    BadBody(String message) {
        this(Problem.Kind.INVALID, message);
    }

    BadBody(Problem.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** What it comes to. */
    Problem.Kind kind() {
        return kind;
    }
}
