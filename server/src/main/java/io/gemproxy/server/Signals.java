package io.gemproxy.server;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/** What the process does on SIGTERM, SIGINT and SIGHUP. */
final class Signals {
    private Signals() {}

    /**
     * Serves until TERM or INT, then drains. HUP reopens the logs and goes on. A second TERM or INT
     * while draining cuts what is left.
     */
    static void awaitStop(Gemproxy server) throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(
                    new Signal(name),
                    signal -> {
                        if (stop.getCount() == 0) {
                            server.cutShort();
                        }
                        stop.countDown();
                    });
        }
        Signal.handle(new Signal("HUP"), signal -> server.reopenLogs());
        stop.await();
        server.drain();
    }
}
