package io.gemproxy.server.upstream;

/**
 * No complete answer head arrived. The message holds the host and the kind of fault, never a key.
 */
public final class UpstreamException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Fault {
        CONNECT,
        TLS,
        RESET,
        TIMEOUT,
        MALFORMED,
        /** The client's own body could not be read while it was being forwarded. */
        REQUEST_BODY,
        ABORTED
    }

    private final Fault fault;
    private final boolean mayHaveActed;

    /**
     * @param mayHaveActed false only if the upstream cannot have seen a complete request
     */
    public UpstreamException(Fault fault, boolean mayHaveActed, String message, Throwable cause) {
        super(message, cause);
        this.fault = fault;
        this.mayHaveActed = mayHaveActed;
    }

    public Fault fault() {
        return fault;
    }

    public boolean mayHaveActed() {
        return mayHaveActed;
    }
}
