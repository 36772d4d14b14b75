package io.gemproxy.server.admin;

import java.io.IOException;
import java.util.List;

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
}
