package io.gemproxy.server.admin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The certificates that the server serves. */
public interface CertificateDesk {
    /** All of them; none without TLS. */
    List<CertificateStatus> all();

    /**
     * Takes what is in the files now; running connections keep what they have.
     *
     * @throws IOException if that cannot be served, with a message for the operator; then what was
     *     served still is
     */
    void renew() throws IOException;

    /** How it stands with a certificate that is ordered by ACME; empty if none is. */
    Optional<OrderStatus> ordered();

    /** Orders a new one now, beside everything else. */
    OrderWish order();
}
