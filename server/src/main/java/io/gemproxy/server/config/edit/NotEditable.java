package io.gemproxy.server.config.edit;

import java.io.Serial;

/** A text whose values cannot be told, or in which they cannot be changed; the message says why. */
public final class NotEditable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    NotEditable(String message) {
        super(message);
    }
}
