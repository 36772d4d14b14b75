package io.gemproxy.server.upstream;

import java.io.IOException;

/** A pooled connection turned out unusable before anything was sent on it. */
final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    StaleConnectionException() {
        super("the pooled connection is not usable any more");
    }
}
