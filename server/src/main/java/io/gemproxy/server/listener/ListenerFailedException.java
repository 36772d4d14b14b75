package io.gemproxy.server.listener;

import java.io.IOException;

/** A listener could not be bound, e.g. because its port is taken. */
public final class ListenerFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message says which listener and address, and what to do
     */
    public ListenerFailedException(String message) {
        super(message);
    }
}
