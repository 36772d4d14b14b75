package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.HeaderField;
import io.gemproxy.server.exchange.Rejection;
import java.util.List;

/** Ends the way of a request early; carries the rejection to the renderer. */
class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    Refused(Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    /** The {@code RateLimit} headers to send along. */
    List<HeaderField> limits() {
        return List.of();
    }

    Rejection rejection() {
        return rejection;
    }
}
