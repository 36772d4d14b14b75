package io.gemproxy.server.probing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ProberTest {
    @Test
    void closingInterruptsTheRoundThatRuns() throws InterruptedException {
        ScriptedGoogle google = new ScriptedGoogle();
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        google.due = List.of(ScriptedGoogle.KEY);
        google.whileAsked =
                () -> {
                    asking.countDown();
                    try {
                        new CountDownLatch(1).await(10, TimeUnit.SECONDS);
                    } catch (InterruptedException stopped) {
                        interrupted.set(true);
                    }
                    ended.countDown();
                };
        ProbeRounds rounds = new ProbeRounds(google, new Ladder(google, () -> 0), new Random(1));

        Prober prober = Prober.start(rounds, new Random(1), Duration.ofMillis(1));
        assertTrue(asking.await(10, TimeUnit.SECONDS));
        assertFalse(interrupted.get());
        prober.close();

        assertTrue(ended.await(10, TimeUnit.SECONDS));
        assertTrue(interrupted.get());
    }

    @Test
    void aRoundThatFailsIsNotTheLast() throws InterruptedException {
        ScriptedGoogle google = new ScriptedGoogle();
        CountDownLatch asked = new CountDownLatch(3);
        google.due = List.of(ScriptedGoogle.KEY);
        google.whileAsked =
                () -> {
                    asked.countDown();
                    throw new IllegalStateException("a bug");
                };
        ProbeRounds rounds = new ProbeRounds(google, new Ladder(google, () -> 0), new Random(1));

        try (Prober _ = Prober.start(rounds, new Random(1), Duration.ofMillis(1))) {
            assertTrue(asked.await(10, TimeUnit.SECONDS));
        }
    }
}
