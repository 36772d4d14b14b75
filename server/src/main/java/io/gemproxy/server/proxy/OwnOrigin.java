package io.gemproxy.server.proxy;

import io.helidon.webserver.http.ServerRequest;

/** The origin under which the client reached this proxy. */
final class OwnOrigin {
    private OwnOrigin() {}

    /**
     * Scheme and authority, e.g. {@code https://proxy.example.com:8443}; the authority was checked
     * by the listener.
     */
    static String of(ServerRequest request) {
        return (request.isSecure() ? "https://" : "http://") + request.authority();
    }
}
