package io.gemproxy.server.listener.certificates.acme;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** Is told how orders end. */
public interface OrderListener {
    /** A certificate is stored and served. */
    void obtained(X509Certificate leaf, URI directory);

    /**
     * There is none.
     *
     * @param failures in a row, with this one
     * @param next when it is tried again
     */
    void failed(AcmeFailure why, URI directory, int failures, Instant next);
}
