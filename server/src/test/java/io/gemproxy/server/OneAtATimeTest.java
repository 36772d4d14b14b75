package io.gemproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OneAtATimeTest {
    @Test
    void aStormIsDoneTwiceAtMostAndTheLastOneSeesAll() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger(1);
        List<Integer> seen = new ArrayList<>();
        OneAtATime work =
                new OneAtATime(() -> {
                    seen.add(asked.get());
                    begun.countDown();
                    try {
                        assertTrue(go.await(10, TimeUnit.SECONDS));
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
        Thread first = Thread.ofPlatform().start(work::ask);
        assertTrue(begun.await(10, TimeUnit.SECONDS));
        asked.set(500);
        List<Thread> storm = new ArrayList<>();
        for (int i = 0; i < 499; i++) {
            storm.add(Thread.ofVirtual().start(work::ask));
        }
        int waiting = 0;
        for (Thread thread : storm) {
            waiting += thread.join(java.time.Duration.ofMillis(1)) ? 0 : 1;
        }
        assertTrue(waiting >= 1, "one waits for its turn");
        go.countDown();
        first.join();
        for (Thread thread : storm) {
            thread.join();
        }
        assertEquals(List.of(1, 500), seen);
    }
}
