package io.gemproxy.server.listener.certificates;

/** A certificate or key that cannot be used; the message names the file and never holds the key. */
public final class CertificateProblem extends Exception {
    private static final long serialVersionUID = 1L;

    public CertificateProblem(String message) {
        super(message);
    }

    public CertificateProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
