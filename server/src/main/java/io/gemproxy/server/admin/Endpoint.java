package io.gemproxy.server.admin;

import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * One path of the admin port.
 *
 * @param path as in the OpenAPI document
 * @param access who may read it
 * @param reader answers a GET; empty if the named thing does not exist
 */
record Endpoint(String path, Access access, Reader reader) {
    /** Who may read an endpoint. */
    enum Access {
        /** Everybody who reaches the port. */
        OPEN,
        /** Everybody, unless {@code admin.open_endpoints} is false. */
        OPENABLE,
        /** Only an admin token. */
        ADMIN
    }

    /** Answers a GET. */
    @FunctionalInterface
    interface Reader {
        Optional<Reply> read(ServerRequest request);
    }
}
