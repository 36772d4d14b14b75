package io.gemproxy.server.proxy;

import java.io.IOException;

/** The client sent more than the limit, noticed while the body was passing. */
final class BodyTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    BodyTooLarge(long limit) {
        super("request body over " + limit + " bytes");
        this.limit = limit;
    }

    long limit() {
        return limit;
    }
}
