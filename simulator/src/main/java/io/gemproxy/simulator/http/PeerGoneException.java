package io.gemproxy.simulator.http;

import java.io.IOException;

/** The peer closed its connection while the simulator was waiting before sending more. */
public final class PeerGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    PeerGoneException() {
        super("the peer closed the connection");
    }
}
