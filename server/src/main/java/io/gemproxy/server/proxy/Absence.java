package io.gemproxy.server.proxy;

import io.gemproxy.server.exchange.Rejection;

/** How a client is told that what it names is not there; whosever it may be, in the same words. */
final class Absence {
    private Absence() {}

    static Rejection notFound() {
        return new Rejection.NotFound(
                "RESOURCE_NOT_FOUND",
                "Requested entity was not found. The request names a file, cache, batch, operation or"
                        + " other resource that does not exist or is not yours.");
    }
}
