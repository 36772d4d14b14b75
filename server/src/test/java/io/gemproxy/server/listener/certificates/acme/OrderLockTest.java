package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.ChildJvm;
import io.gemproxy.emissions.Emissions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of several instances orders. */
final class OrderLockTest {
    @TempDir Path storage;
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");

    private OrderLock lock() {
        return new OrderLock(storage, () -> now);
    }

    @Test
    void oneHasItUntilItGivesItBack() throws Exception {
        OrderLock.Held first = lock().take().orElseThrow();
        assertTrue(lock().take().isEmpty());
        first.close();
        lock().take().orElseThrow().close();
    }

    @Test
    void whoSleptThroughItsLeaseFindsItselfOvertaken() throws Exception {
        OrderLock.Held sleeper = lock().take().orElseThrow();
        now = now.plus(OrderLock.LEASE).minusSeconds(1);
        sleeper.extend();
        now = now.plus(OrderLock.LEASE).minusSeconds(1);
        assertTrue(lock().take().isEmpty(), "its lease was extended");
        now = now.plusSeconds(2);
        OrderLock.Held next = lock().take().orElseThrow();
        AcmeFailure overtaken = assertThrows(AcmeFailure.class, sleeper::extend);
        assertEquals(AcmeFailure.Kind.OVERTAKEN, overtaken.kind());
        sleeper.close();
        next.extend();
        next.close();
    }

    @Test
    void oneThatDiedHoldsUpNobody() throws Exception {
        Process other =
                new ProcessBuilder(ChildJvm.command(Holder.class, storage.toString()))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var out = Emissions.OF_THIS_RUN.from("the holder", other.getInputStream())) {
            assertEquals('1', out.read());
            assertTrue(lock().take().isEmpty());
        } finally {
            other.destroyForcibly();
            assertTrue(other.waitFor(20, TimeUnit.SECONDS));
        }
        OrderLock.Held next = lock().take().orElseThrow();
        assertEquals('2', Files.readString(storage.resolve("lease")).charAt(0));
        next.close();
    }

    /** Takes the lock and says so. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws Exception {
            Instant now = Instant.parse("2026-11-21T09:00:00Z");
            var held = new OrderLock(Path.of(arguments[0]), () -> now).take().orElseThrow();
            System.out.println("1");
            System.out.flush();
            Thread.sleep(Duration.ofMinutes(1));
            held.close();
        }
    }
}
