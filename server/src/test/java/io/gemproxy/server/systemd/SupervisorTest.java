package io.gemproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Supervisor supervisor = telling(told::add);

    @Test
    void saysWhatSystemdReads() {
        supervisor.ready("Serving");
        supervisor.reloading();
        supervisor.status("Draining");
        supervisor.stopping("Bye", Duration.ofSeconds(45));
        supervisor.alive();
        assertEquals(
                List.of(
                        "READY=1\nSTATUS=Serving",
                        "RELOADING=1\nMONOTONIC_USEC=77",
                        "STATUS=Draining",
                        "STOPPING=1\nEXTEND_TIMEOUT_USEC=45000000\nSTATUS=Bye",
                        "WATCHDOG=1"),
                List.copyOf(told));
    }

    @Test
    void aStatusIsNeverAnotherAssignment() throws Exception {
        supervisor.status("refused: a\nMAINPID=1\r\n\tb");
        assertEquals("STATUS=refused: a MAINPID=1 b", told.poll(5, TimeUnit.SECONDS));
        supervisor.status("x".repeat(5_000));
        assertTrue(told.remove().length() < 500);
    }

    @Test
    void nobodyIsToldWhereNobodyListens() {
        Supervisor none = Supervisor.of(Map.of("WATCHDOG_USEC", "30000000"));
        none.ready("Serving");
        assertFalse(none.listens());
        assertEquals(Optional.empty(), none.watchdog());
    }

    @Test
    void whoDoesNotListenEndsNothing() {
        AtomicBoolean asked = new AtomicBoolean();
        Supervisor deaf =
                telling(message -> {
                    asked.set(true);
                    throw new IOException("errno 2");
                });
        deaf.ready("Serving");
        deaf.alive();
        assertTrue(asked.get());
    }

    @Test
    void theWatchdogIsForTheProcessThatIsNamed() {
        assertEquals(Optional.of(Duration.ofSeconds(30)), watchdog("30000000", "42"));
        assertEquals(Optional.of(Duration.ofMillis(1)), watchdog("1000", ""));
        assertEquals(Optional.empty(), watchdog("30000000", "43"));
        for (String none : List.of("", "0", "-1", "x", "9".repeat(30))) {
            assertEquals(Optional.empty(), watchdog(none, "42"), none);
        }
    }

    @Test
    void theWatchdogIsFedWhileThereIsLifeAndOnlyThen() throws Exception {
        AtomicBoolean lives = new AtomicBoolean(true);
        BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();
        Watchdog watchdog =
                Watchdog.start(
                        supervisor,
                        Duration.ofMillis(20),
                        () -> {
                            looks.add(lives.get());
                            return lives.get();
                        });
        try (watchdog) {
            for (int i = 0; i < 3; i++) {
                assertEquals("WATCHDOG=1", told.poll(5, TimeUnit.SECONDS));
            }
            lives.set(false);
            while (Objects.equals(looks.poll(5, TimeUnit.SECONDS), true)) {
                assertFalse(looks.size() > 1_000);
            }
            assertEquals(false, looks.poll(5, TimeUnit.SECONDS));
            told.clear();
            assertEquals(false, looks.poll(5, TimeUnit.SECONDS));
            assertTrue(told.isEmpty());
        }
    }

    private static Optional<Duration> watchdog(String micros, String pid) {
        return Supervisor.watchdog(Map.of("WATCHDOG_USEC", micros, "WATCHDOG_PID", pid), 42);
    }

    private static Supervisor telling(Hearer hearer) {
        NotifyChannel channel =
                new NotifyChannel() {
                    @Override
                    public void send(String message) throws IOException {
                        hearer.hear(message);
                    }

                    @Override
                    public long monotonicMicros() {
                        return 77;
                    }

                    @Override
                    public void close() {
                        // nothing is open
                    }
                };
        return new Supervisor(CompletableFuture.completedFuture(channel), Optional.empty());
    }

    private interface Hearer {
        void hear(String message) throws IOException;
    }
}
