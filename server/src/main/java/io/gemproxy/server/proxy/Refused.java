package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;

/** Ends the way of a request early; carries the rejection to the renderer. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    Refused(Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    Rejection rejection() {
        return rejection;
    }
}
