package io.gemproxy.server.systemd;

import java.io.Closeable;
import java.io.IOException;

/** Where messages to the service manager go. */
interface NotifyChannel extends Closeable {
    /** Sends lines {@code NAME=value} as one message; waits for at most a second. */
    void send(String message) throws IOException;

    /** What goes with {@code RELOADING=1}: CLOCK_MONOTONIC in microseconds. */
    long monotonicMicros() throws IOException;
}
