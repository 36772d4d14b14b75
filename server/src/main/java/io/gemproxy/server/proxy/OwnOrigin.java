package io.gemproxy.server.proxy;

import io.helidon.webserver.http.ServerRequest;
import java.net.URI;
import java.util.Optional;

/** The origin under which the client reached this proxy. */
final class OwnOrigin {
    private final Optional<String> publicUrl;

    /**
     * @param publicUrl what it is when this proxy cannot see it, behind another one
     */
    OwnOrigin(Optional<URI> publicUrl) {
        this.publicUrl = publicUrl.map(URI::toString);
    }

    /**
     * Scheme and authority, e.g. {@code https://proxy.example.com:8443}; the authority was checked
     * by the listener.
     */
    String of(ServerRequest request) {
        return publicUrl.orElseGet(() -> seen(request));
    }

    private static String seen(ServerRequest request) {
        return (request.isSecure() ? "https://" : "http://") + request.authority();
    }
}
