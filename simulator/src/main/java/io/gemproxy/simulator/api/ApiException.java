package io.gemproxy.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A request that is answered with an error. */
public final class ApiException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final transient ObjectNode error;

    ApiException(int status, ObjectNode error) {
        super("status " + status);
        this.status = status;
        this.error = error;
    }

    public int status() {
        return status;
    }

    /** The object with the member "error". */
    public ObjectNode error() {
        return error;
    }
}
