package io.gemproxy.server.authentication.clients;

import java.io.Serial;

/** A scope that cannot be read, or asks for more than the client may have. */
final class ScopeRefused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final String why;

    ScopeRefused(String why) {
        super(why);
        this.why = why;
    }

    String why() {
        return why;
    }
}
