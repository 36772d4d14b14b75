package io.gemproxy.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that anybody may ask for at any rate: one does it, at most one waits to do it again, and who
 * asks while one waits is served by that one, since it has not begun.
 */
final class OneAtATime {
    private final Runnable work;
    private final Semaphore waiting = new Semaphore(1);
    private final ReentrantLock turn = new ReentrantLock();

    OneAtATime(Runnable work) {
        this.work = work;
    }

    void ask() {
        if (waiting.tryAcquire()) {
            turn.lock();
            try {
                waiting.release();
                work.run();
            } finally {
                turn.unlock();
            }
        }
    }
}
