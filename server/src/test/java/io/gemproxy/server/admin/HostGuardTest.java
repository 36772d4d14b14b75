package io.gemproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HostGuardTest {
    private final HostGuard loopback = new HostGuard("127.0.0.1");

    @Test
    void admitsLoopbackNamesWithOrWithoutAPort() {
        for (String host :
                new String[] {
                    "localhost", "LOCALHOST:9090", "127.0.0.1:9090", "127.1.2.3", "[::1]:9090"
                }) {
            assertTrue(loopback.admits(host), host);
        }
    }

    @Test
    void refusesAnyOtherNameOnLoopback() {
        for (String host :
                new String[] {
                    "evil.example",
                    "localhost.evil.example",
                    "127.0.0.1.evil.example:9090",
                    "localhost.",
                    "",
                    "localhost:9090:1",
                    "user@localhost",
                    "127.0.0.1/x",
                    "192.0.2.1"
                }) {
            assertFalse(loopback.admits(host), host);
        }
    }

    @Test
    void admitsAnyNameWhereTheListenerIsOpenToTheNetwork() {
        assertTrue(new HostGuard("0.0.0.0").admits("proxy.example:9090"));
    }
}
