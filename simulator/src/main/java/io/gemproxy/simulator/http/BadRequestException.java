package io.gemproxy.simulator.http;

import java.io.IOException;

/** The bytes received are not an HTTP/1.1 request. */
final class BadRequestException extends IOException {
    private static final long serialVersionUID = 1L;

    BadRequestException(String what) {
        super(what);
    }
}
