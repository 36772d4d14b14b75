package io.gemproxy.server.listener;

/** A listener could not be opened; the message names the address and the cause. */
public final class ListenerFailed extends Exception {
    private static final long serialVersionUID = 1L;

    public ListenerFailed(String message, Throwable cause) {
        super(message, cause);
    }

    public ListenerFailed(String message) {
        super(message);
    }
}
