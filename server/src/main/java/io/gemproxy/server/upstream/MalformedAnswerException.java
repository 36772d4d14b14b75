package io.gemproxy.server.upstream;

import java.io.IOException;

/** The upstream broke HTTP/1.1; the text names the rule, never what was received. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String rule) {
        super(rule);
    }
}
