package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FailureGateTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final FailureGate gate = new FailureGate(nanos::get);

    @Test
    void theEleventhTryInVainWaitsUntilTheFirstIsAMinuteOld() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), gate.begin("192.0.2.1"));
            pass(Duration.ofSeconds(1));
        }
        assertEquals(Optional.of(Duration.ofSeconds(50)), gate.begin("192.0.2.1"));
        assertEquals(Optional.of(Duration.ofSeconds(50)), gate.begin("192.0.2.1"));
        assertEquals(Optional.empty(), gate.begin("192.0.2.2"));
    }

    @Test
    void aTryThatIsRefusedDoesNotProlongTheWait() {
        for (int i = 0; i < 10; i++) {
            gate.begin("192.0.2.1");
        }
        pass(Duration.ofSeconds(30));
        assertEquals(Optional.of(Duration.ofSeconds(30)), gate.begin("192.0.2.1"));
        pass(Duration.ofSeconds(30));
        assertEquals(Optional.empty(), gate.begin("192.0.2.1"));
    }

    @Test
    void rightTriesAreNotCounted() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(Optional.empty(), gate.begin("192.0.2.1"));
            gate.succeeded("192.0.2.1");
        }
    }

    @Test
    void theAddressesOfOneHostAreOne() {
        for (int i = 0; i < 10; i++) {
            assertEquals(Optional.empty(), gate.begin("2001:db8:1:2::" + i));
        }
        assertEquals(Optional.of(Duration.ofMinutes(1)), gate.begin("2001:db8:1:2:ffff::1"));
        assertEquals(Optional.empty(), gate.begin("2001:db8:1:3::1"));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
