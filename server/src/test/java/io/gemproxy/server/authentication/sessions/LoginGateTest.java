package io.gemproxy.server.authentication.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.authentication.sessions.LoginGate.Turn;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LoginGateTest {
    private static final Duration LOCKOUT = Duration.ofMinutes(15);
    private static final int MOST = 5;

    private final AtomicLong nanos = new AtomicLong(-LOCKOUT.toNanos());
    private final LoginGate gate =
            new LoginGate(
                    new SessionConfig(Duration.ofHours(1), Duration.ofHours(1), MOST, LOCKOUT),
                    nanos::get);

    @Test
    void twentyThousandTriesOfOneAddressAreFiveAndLeaveTheOthersAlone() {
        assertEquals(MOST, allowed(20_000, "127.0.0.1", 1));
        assertInstanceOf(Turn.Allowed.class, gate.begin("10.0.0.7"));
    }

    @Test
    void twentyThousandTriesOfManyAddressesAreFifty() {
        assertEquals(MOST * LoginGate.ACCOUNT_FACTOR, allowed(20_000, "127.0.0.", 256));
        Turn.LockedOut locked = assertInstanceOf(Turn.LockedOut.class, gate.begin("192.0.2.1"));
        assertEquals(LOCKOUT, locked.remaining());
    }

    @Test
    void triesWhileLockedOutDoNotProlongIt() {
        allowed(MOST, "192.0.2.1", 1);
        nanos.addAndGet(LOCKOUT.toNanos() - 1);
        assertInstanceOf(Turn.LockedOut.class, gate.begin("192.0.2.1"));
        nanos.addAndGet(1);
        assertInstanceOf(Turn.Allowed.class, gate.begin("192.0.2.1"));
    }

    @Test
    void aRightPasswordClearsTheAddressAndCountsForNobody() {
        for (int i = 0; i < 1_000; i++) {
            assertInstanceOf(Turn.Allowed.class, gate.begin("192.0.2.1"));
            gate.succeeded("192.0.2.1");
        }
    }

    @Test
    void anIpv6HostIsAllOfItsAddresses() {
        int allowed =
                (int)
                        IntStream.range(0, 1_000)
                                .filter(i ->
                                        gate.begin("2001:db8::" + Integer.toHexString(i))
                                                instanceof Turn.Allowed)
                                .count();
        assertEquals(MOST, allowed);
    }

    @Test
    void aLockoutIsNewsOnce() {
        allowed(MOST, "192.0.2.1", 1);
        assertTrue(((Turn.LockedOut) gate.begin("192.0.2.1")).first());
        assertEquals(0, IntStream.range(0, 100).filter(i -> first("192.0.2.1")).count());
    }

    private boolean first(String address) {
        return gate.begin(address) instanceof Turn.LockedOut locked && locked.first();
    }

    private long allowed(int tries, String address, int addresses) {
        return IntStream.range(0, tries)
                .mapToObj(i -> addresses == 1 ? address : address + i % addresses)
                .filter(from -> gate.begin(from) instanceof Turn.Allowed)
                .count();
    }
}
