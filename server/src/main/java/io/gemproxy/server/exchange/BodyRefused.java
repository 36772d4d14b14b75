package io.gemproxy.server.exchange;

/**
 * Thrown by a read of the request body when its bytes are refused (bad framing, too large). The
 * connection is closed after the answer, whatever it is.
 */
public final class BodyRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    public BodyRefused(Rejection rejection) {
        super(rejection.reason(), null, false, false);
        this.rejection = rejection;
    }

    /** What to answer if no byte has gone out yet. */
    public Rejection rejection() {
        return rejection;
    }
}
