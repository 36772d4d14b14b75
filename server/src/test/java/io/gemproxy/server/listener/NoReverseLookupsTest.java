package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

/** The web server asks for the name of whoever comes by TLS; nobody may be asked for it in turn. */
final class NoReverseLookupsTest {
    @Test
    void anAddressHasNoNameNotEvenOneThatEveryMachineKnows() throws Exception {
        byte[] loopback = {127, 0, 0, 1};

        assertEquals("127.0.0.1", InetAddress.getByAddress(loopback).getHostName());
        assertEquals("127.0.0.1", InetAddress.getByAddress(loopback).getCanonicalHostName());
    }

    @Test
    void aNameStillHasAddresses() throws Exception {
        assertEquals(true, InetAddress.getByName("localhost").isLoopbackAddress());
    }
}
