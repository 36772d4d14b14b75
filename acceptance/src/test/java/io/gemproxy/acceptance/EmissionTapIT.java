package io.gemproxy.acceptance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gemproxy.emissions.SecretForms;
import io.gemproxy.emissions.SecretSearch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The tap finds what a product would leak, and changes nothing of what passes. */
final class EmissionTapIT {
    private static final String SECRET = "planted-secret-0123456789";
    private static final byte[] FIRST = "a leak: planted-sec".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECOND = "ret-0123456789 of a key".getBytes(StandardCharsets.UTF_8);

    private final SecretSearch search = new SecretSearch(SecretForms.of("it", SECRET));

    @Test
    void findsASecretThatASocketDeliversInTwoParts() throws Exception {
        try (ServerSocket leaky = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmissionTap tap = EmissionTap.before("product", leaky.getLocalPort(), search);
                RawClient client = new RawClient(tap.port());
                Socket product = leaky.accept()) {
            product.getOutputStream().write(FIRST);
            assertArrayEquals(FIRST, client.in().readNBytes(FIRST.length));
            product.getOutputStream().write(SECOND);
            product.shutdownOutput();
            assertArrayEquals(SECOND, client.in().readAllBytes());
        }

        assertEquals(Set.of("it in plain in what the product sent"), search.findings());
    }

    @Test
    void handsAnAbortOnAsAnAbort() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmissionTap tap = EmissionTap.before("product", server.getLocalPort(), search);
                RawClient client = new RawClient(tap.port())) {
            Socket product = server.accept();
            product.getOutputStream().write(FIRST);
            assertArrayEquals(FIRST, client.in().readNBytes(FIRST.length));
            product.setSoLinger(true, 0);
            product.close();

            assertThrows(IOException.class, () -> client.in().read());
        }
    }

    @Test
    void searchesNotWhatTheClientSent() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EmissionTap tap = EmissionTap.before("product", server.getLocalPort(), search);
                RawClient client = new RawClient(tap.port());
                Socket product = server.accept()) {
            byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
            client.out().write(secret);
            assertArrayEquals(secret, product.getInputStream().readNBytes(secret.length));
        }

        assertEquals(Set.of(), search.findings());
    }
}
