package io.gemproxy.server.upstream;

import java.io.IOException;

/** The connection ended before the answer did. */
final class TruncatedBodyException extends IOException {
    private static final long serialVersionUID = 1L;

    TruncatedBodyException() {
        super("the answer ended too early");
    }
}
