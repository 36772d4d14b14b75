package io.gemproxy.server.upstream;

import java.io.IOException;

/** The upstream closed the connection without a single byte of an answer. */
final class NoAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    NoAnswerException() {
        super("closed without an answer");
    }
}
