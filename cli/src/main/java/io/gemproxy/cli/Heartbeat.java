package io.gemproxy.cli;

import io.gemproxy.cli.output.Pulse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The pulse of the machine's own clock, four strokes a second. */
final class Heartbeat implements Pulse {
    private static final long BETWEEN_STROKES_MS = 250;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Beat beat(Runnable stroke) {
        CountDownLatch over = new CountDownLatch(1);
        Thread.ofVirtual().name("progress").start(() -> run(stroke, over));
        return over::countDown;
    }

    private static void run(Runnable stroke, CountDownLatch over) {
        try {
            while (!over.await(BETWEEN_STROKES_MS, TimeUnit.MILLISECONDS)) {
                stroke.run();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
