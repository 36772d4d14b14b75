package io.gemproxy.server.admin;

import java.io.Serial;

/** A request body that is not what it should be; the message is for its author. */
final class BadBody extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    BadBody(String message) {
        super(message);
    }
}
