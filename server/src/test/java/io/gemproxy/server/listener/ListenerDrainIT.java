package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.proxy.ExchangeHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a listener lets go of its clients, and how it is asked whether it takes any. */
@Timeout(60)
final class ListenerDrainIT {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

    @Test
    void aDrainWaitsForTheLastAnswerOfABusyClientAndNotForAnIdleOne() throws Exception {
        AtomicLong ahead = new AtomicLong();
        ExchangeHandler sized =
                (exchange, request, response) -> {
                    byte[] body = {'o', 'k'};
                    response.contentLength(body.length);
                    response.send(body);
                };
        Timeouts patient =
                new Timeouts(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofMillis(100),
                        0);
        try (Rig rig =
                        new Rig(
                                sized,
                                patient,
                                Optional.empty(),
                                () -> System.nanoTime() + ahead.get());
                Socket busy = rig.connect();
                Socket idle = rig.connect()) {
            send(busy, GET);
            Rig.until(busy, "ok");
            send(idle, GET);
            Rig.until(idle, "ok");
            rig.listener.beginDrain();
            assertFalse(rig.listener.awaitDrained(Duration.ofMillis(100)));
            send(busy, GET);
            assertTrue(Rig.rest(busy).contains("Connection: close"));
            assertFalse(rig.listener.awaitDrained(Duration.ofMillis(100)));
            ahead.set(Duration.ofSeconds(6).toNanos());
            assertEquals("", Rig.rest(idle));
            assertTrue(rig.listener.awaitDrained(Duration.ofSeconds(5)));
            try (Socket late = rig.connect()) {
                send(late, GET);
                assertTrue(Rig.rest(late).contains("Connection: close"));
            }
        }
    }

    @Test
    void aSocketThatOnlyTheKernelAnswersIsNotAlive() throws IOException {
        try (ServerSocket unread = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            InetSocketAddress at =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), unread.getLocalPort());
            assertFalse(Knock.isAnswered(at, Duration.ofMillis(100)));
        }
        try (Rig rig = new Rig(Rig.ECHO)) {
            InetSocketAddress at =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.listener.port());
            assertTrue(Knock.isAnswered(at, Duration.ofSeconds(5)));
        }
    }

    @Test
    void aListenerThatIsFullIsAlive() throws IOException {
        Socket[] all = new Socket[100];
        try (Rig rig = new Rig(Rig.ECHO)) {
            for (int i = 0; i < all.length; i++) {
                all[i] = rig.connect();
                send(all[i], GET);
                Rig.until(all[i], "body:0");
            }
            InetSocketAddress at =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), rig.listener.port());
            assertFalse(Knock.isAnswered(at, Duration.ofMillis(100)));
            assertTrue(rig.listener.accepts(Duration.ofMillis(100)));
            for (Socket socket : all) {
                socket.close();
            }
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
