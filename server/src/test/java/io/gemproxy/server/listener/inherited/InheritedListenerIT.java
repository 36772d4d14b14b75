package io.gemproxy.server.listener.inherited;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class InheritedListenerIT {
    private ServerSocketChannel socket;
    private InheritedListener listener;

    @BeforeEach
    void listen() throws Exception {
        socket =
                ServerSocketChannel.open()
                        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        listener = InheritedListener.of(socket, Selector.open());
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
    }

    @Test
    void takesConnectionsThatBlockAndCountsThem() throws Exception {
        try (SocketChannel client = SocketChannel.open(socket.getLocalAddress())) {
            SocketChannel taken = listener.accept();
            assertTrue(taken.isBlocking());
            assertEquals(client.getLocalAddress(), taken.getRemoteAddress());
            assertEquals(1, listener.open());
            taken.close();
            assertEquals(0, listener.open());
        }
    }

    @Test
    void isWhereItWasBoundByWhoeverOpenedIt() throws Exception {
        assertEquals(InetAddress.getLoopbackAddress(), listener.address().orElseThrow());
    }

    @Test
    void whoConnectsAfterTheStopIsTakenByTheNext() throws Exception {
        CompletableFuture<SocketChannel> first = accepting(listener);
        listener.stop();
        try (SocketChannel client = SocketChannel.open(socket.getLocalAddress())) {
            assertEquals(0, listener.open());
            InheritedListener next = InheritedListener.of(socket, Selector.open());
            try (SocketChannel taken = accepting(next).get(10, TimeUnit.SECONDS)) {
                assertEquals(client.getLocalAddress(), taken.getRemoteAddress());
            }
            assertTrue(!first.isDone(), "Helidon takes an end of accept() for the listener's");
            listener.close();
            ExecutionException ended =
                    assertThrows(ExecutionException.class, () -> first.get(10, TimeUnit.SECONDS));
            assertInstanceOf(AsynchronousCloseException.class, ended.getCause());
            assertTrue(socket.isOpen());
        }
    }

    @Test
    void aSocketIsExpectedOnlyByWhomItIsFor() throws Exception {
        String setting = "java.nio.channels.spi.SelectorProvider";
        Inheritance.expect(Map.of(), 42);
        Inheritance.expect(Map.of("LISTEN_PID", "43", "LISTEN_FDS", "1"), 42);
        Inheritance.expect(Map.of("LISTEN_PID", "42", "LISTEN_FDS", "0"), 42);
        assertEquals(null, System.getProperty(setting));
        assertTrue(Inheritance.at(443).isEmpty());
    }

    @Test
    void whereItIsNotAsConfiguredIsSaidInALine() throws Exception {
        int port = listener.port();
        assertEquals(Optional.empty(), Inheritance.difference(listener, "127.0.0.1", port));
        assertEquals(
                "the service manager handed over a socket at 127.0.0.1:"
                        + port
                        + ", which is not used: server.host and server.port say [::]:1; give"
                        + " ListenStream= of gemproxy.socket the same port",
                Inheritance.difference(listener, "::", 1).orElseThrow());
        assertEquals(
                "the service manager handed over a socket at 127.0.0.1:"
                        + port
                        + ", which is used, and not 0.0.0.0:"
                        + port,
                Inheritance.difference(listener, "0.0.0.0", port).orElseThrow());
    }

    @Test
    void oneOfAllAddressesIsOneOfAllAddresses() throws Exception {
        try (ServerSocketChannel all = ServerSocketChannel.open().bind(new InetSocketAddress(0))) {
            InheritedListener listening = InheritedListener.of(all, Selector.open());
            assertEquals(
                    Optional.empty(),
                    Inheritance.difference(listening, "0.0.0.0", listening.port()));
        }
    }

    @Test
    void theProviderGivesPlainSocketsForOtherPorts() throws Exception {
        InheritingSelectors provider = new InheritingSelectors();
        try (ServerSocketChannel other = provider.openServerSocketChannel()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
            try (SocketChannel client = provider.openSocketChannel()) {
                client.connect(other.getLocalAddress());
                try (SocketChannel taken = other.accept()) {
                    assertEquals(client.getLocalAddress(), taken.getRemoteAddress());
                }
            }
        }
    }

    private static CompletableFuture<SocketChannel> accepting(InheritedListener listener) {
        CompletableFuture<SocketChannel> taken = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        taken.complete(listener.accept());
                    } catch (Exception ended) {
                        taken.completeExceptionally(ended);
                    }
                });
        return taken;
    }
}
