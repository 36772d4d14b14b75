package io.gemproxy.server.upstream;

import java.io.IOException;

/** The upstream refused while the request body was still going up: the rest is not sent. */
final class EarlyAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    EarlyAnswerException() {
        super("answered before the request was complete");
    }
}
