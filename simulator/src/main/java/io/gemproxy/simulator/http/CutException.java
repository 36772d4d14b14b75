package io.gemproxy.simulator.http;

import java.io.IOException;

/** A scripted end of the connection in the middle of an answer. */
final class CutException extends IOException {
    private static final long serialVersionUID = 1L;
    private final boolean reset;

    CutException(boolean reset) {
        super(reset ? "scripted reset" : "scripted close");
        this.reset = reset;
    }

    boolean reset() {
        return reset;
    }
}
