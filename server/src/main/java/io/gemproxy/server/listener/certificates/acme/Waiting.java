package io.gemproxy.server.listener.certificates.acme;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
public interface Waiting {
    void pause(Duration time) throws InterruptedException;
}
