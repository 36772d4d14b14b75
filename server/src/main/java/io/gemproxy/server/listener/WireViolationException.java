package io.gemproxy.server.listener;

/** Bytes that cannot be one unambiguous HTTP/1.1 request; the connection ends after one answer. */
final class WireViolationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param status of the answer, 4xx or 501 or 505
     * @param message for the developer at the other end, without bytes of the request
     */
    WireViolationException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
