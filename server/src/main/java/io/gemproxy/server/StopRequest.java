package io.gemproxy.server;

import java.util.concurrent.CountDownLatch;

/** Somebody wants the server to stop; whoever runs it waits here. */
final class StopRequest {
    private final CountDownLatch asked = new CountDownLatch(1);

    void ask() {
        asked.countDown();
    }

    boolean isAsked() {
        return asked.getCount() == 0;
    }

    void await() throws InterruptedException {
        asked.await();
    }
}
