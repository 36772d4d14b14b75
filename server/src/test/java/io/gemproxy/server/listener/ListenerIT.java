package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.ClientConnection;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import io.gemproxy.server.proxy.ExchangeHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // sockets are closed midway on purpose; a watch is held, not used
class ListenerIT {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LAST =
            "GET /secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrderOnOneConnection() throws IOException {
        try (Rig rig = new Rig(Rig.ECHO)) {
            String answer = rig.talk(GET + GET + LAST);
            assertEquals(3, answer.split("HTTP/1.1 200 ", -1).length - 1, answer);
            assertTrue(answer.endsWith("SECRET"), answer);
        }
    }

    @Test
    void healthAnswersAndCarriesARequestId() throws IOException {
        try (Rig rig = new Rig(Rig.ECHO)) {
            String answer =
                    rig.talk("GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.endsWith("{\"status\":\"UP\"}"), answer);
            assertTrue(answer.contains("x-request-id: "), answer);
        }
    }

    @Test
    void healthAnswersAHeadWithoutABody() throws IOException {
        try (Rig rig = new Rig(Rig.ECHO)) {
            String answer =
                    rig.talk("HEAD /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void healthAnswersNoOtherMethod(String method) throws IOException {
        try (Rig rig = new Rig(Rig.ECHO)) {
            String answer =
                    rig.talk(method + " /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
            assertTrue(answer.contains("\r\nAllow: GET, HEAD\r\n"), answer);
            assertTrue(answer.contains("x-request-id: "), answer);
            assertTrue(answer.contains("METHOD_NOT_ALLOWED"), answer);
            assertFalse(answer.contains("UP"), answer);
        }
    }

    @Test
    void aBugOnAHeadRequestIsAnsweredWithoutABody() throws IOException {
        ExchangeHandler broken =
                (exchange, request, response) -> {
                    throw new IllegalStateException("internal detail");
                };
        try (Rig rig = new Rig(broken)) {
            String answer = rig.talk("HEAD /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertTrue(answer.endsWith("\r\n\r\n"), answer);
        }
    }

    @Test
    void anUnknownPathIs404InTheShapeOfItsDialect() throws IOException {
        try (Rig rig = new Rig(Rig.ECHO)) {
            String answer =
                    rig.talk("GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
            assertTrue(answer.contains("PATH_UNKNOWN"), answer);
        }
    }

    @Test
    void aBugOfTheHandlerIs500WithoutDetails() throws IOException {
        ExchangeHandler broken =
                (exchange, request, response) -> {
                    throw new IllegalStateException("internal detail");
                };
        try (Rig rig = new Rig(broken)) {
            String answer = rig.talk(LAST);
            assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
            assertTrue(answer.contains("PROXY_BUG"), answer);
            assertFalse(answer.contains("internal detail"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /a HT",
                "GET /a HTTP/1.1\r\nHost: a\r\n",
                "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
                "POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nx",
                GET
            })
    void aSilentClientIsClosedAtItsDeadline(String begun) throws IOException {
        Duration soon = Duration.ofMillis(200);
        Timeouts timeouts = new Timeouts(soon, soon, soon, soon, 0);
        try (Rig rig = new Rig(Rig.ECHO, timeouts, Optional.empty());
                Socket socket = rig.connect()) {
            send(socket, begun);
            String answer = Rig.rest(socket);
            assertEquals(begun.equals(GET), answer.startsWith("HTTP/1.1 200"), answer);
        }
    }

    private record Watched(CountDownLatch watching, CountDownLatch gone) {
        ExchangeHandler handler() {
            return (exchange, request, response) -> {
                ClientConnection client = ClientConnection.CURRENT.get();
                try (ClientConnection.Watch watch = client.watch(gone::countDown)) {
                    watching.countDown();
                    gone.await(10, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };
        }
    }

    @Test
    void aClientThatLeavesOrHalfClosesIsNoticedWhileNothingIsWritten() throws Exception {
        for (boolean half : new boolean[] {false, true}) {
            Watched watched = new Watched(new CountDownLatch(1), new CountDownLatch(1));
            try (Rig rig = new Rig(watched.handler());
                    Socket socket = rig.connect()) {
                send(socket, GET);
                assertTrue(watched.watching().await(5, TimeUnit.SECONDS));
                if (half) {
                    socket.shutdownOutput();
                } else {
                    socket.close();
                }
                assertTrue(watched.gone().await(5, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void aWatchKeepsBytesOfAPipelinedRequest() throws Exception {
        CountDownLatch watching = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExchangeHandler handler =
                (exchange, request, response) -> {
                    if (exchange.target().path().equals("/secret")) {
                        response.send("SECRET");
                        return;
                    }
                    Runnable never = () -> {};
                    try (ClientConnection.Watch watch =
                            ClientConnection.CURRENT.get().watch(never)) {
                        watching.countDown();
                        go.await(5, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    response.send("first");
                };
        try (Rig rig = new Rig(handler);
                Socket socket = rig.connect()) {
            send(socket, GET);
            assertTrue(watching.await(5, TimeUnit.SECONDS));
            send(socket, LAST.substring(0, 10));
            go.countDown();
            Rig.until(socket, "first");
            send(socket, LAST.substring(10));
            assertTrue(Rig.rest(socket).endsWith("SECRET"));
        }
    }

    @Test
    void aDrainingListenerAnnouncesTheEndOfCompleteAnswersAndCloses() throws Exception {
        ExchangeHandler sized =
                (exchange, request, response) -> {
                    byte[] body = {'o', 'k'};
                    response.contentLength(body.length);
                    response.send(body);
                };
        try (Rig rig = new Rig(sized);
                Socket socket = rig.connect()) {
            send(socket, GET);
            assertFalse(Rig.until(socket, "ok").contains("Connection: close"));
            rig.listener.beginDrain();
            send(socket, GET + GET);
            String answer = Rig.rest(socket);
            assertTrue(answer.contains("Connection: close"), answer);
            assertEquals(2, answer.split("HTTP/1\\.1 \\d{3} ", -1).length, answer);
            assertTrue(rig.listener.awaitQuiet(Duration.ofSeconds(5)));
        }
    }

    @Test
    void awaitQuietSaysNoWhileAnExchangeRuns() throws Exception {
        Watched watched = new Watched(new CountDownLatch(1), new CountDownLatch(1));
        try (Rig rig = new Rig(watched.handler());
                Socket socket = rig.connect()) {
            send(socket, GET);
            assertTrue(watched.watching().await(5, TimeUnit.SECONDS));
            assertFalse(rig.listener.awaitQuiet(Duration.ofMillis(20)));
            socket.close();
            assertTrue(rig.listener.awaitQuiet(Duration.ofSeconds(5)));
        }
    }

    @Test
    void aTakenPortIsReported() throws IOException {
        try (ServerSocket taken =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            ServerConfig config = Rig.config(taken.getLocalPort());
            ListenerFailed failed =
                    assertThrows(
                            ListenerFailed.class,
                            () ->
                                    ProxyListener.start(
                                                    config,
                                                    Optional.empty(),
                                                    (m, p, q) -> Optional.empty(),
                                                    Rig.ECHO,
                                                    () -> true,
                                                    new RequestIds(
                                                            InstantSource.system(),
                                                            new SecureRandom()),
                                                    refused -> {},
                                                    InstantSource.system(),
                                                    System::nanoTime)
                                            .close());
            assertTrue(failed.toString().contains(":" + taken.getLocalPort()));
        }
    }

    @Test
    void theListenerKnowsWhetherItAcceptsAndWhatItCarried() throws IOException {
        Rig rig = new Rig(Rig.ECHO);
        try (rig) {
            assertTrue(rig.listener.accepts(Duration.ofSeconds(2)));
            rig.talk(LAST);
            assertEquals(LAST.length(), rig.listener.bytesIn());
            assertTrue(rig.listener.bytesOut() > 0);
        }
        assertFalse(rig.listener.accepts(Duration.ofSeconds(2)));
    }

    @Test
    void tlsServesOnlyTls12And13AndWatchesTheClient(@TempDir Path dir) throws Exception {
        ServerCertificates certificates = certificates(dir);
        Watched watched = new Watched(new CountDownLatch(1), new CountDownLatch(1));
        try (Rig rig =
                        new Rig(
                                watched.handler(),
                                Rig.SHORT,
                                Optional.of(certificates.sslContext()));
                SSLSocket socket = tls(certificates, rig.listener.port())) {
            socket.startHandshake();
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
            send(socket, GET);
            assertTrue(watched.watching().await(5, TimeUnit.SECONDS));
            socket.close();
            assertTrue(watched.gone().await(5, TimeUnit.SECONDS));
        }
    }

    @Test
    void tlsRefusesSuitesWithoutAuthenticatedEncryption(@TempDir Path dir) throws Exception {
        ServerCertificates certificates = certificates(dir);
        try (Rig rig = new Rig(Rig.ECHO, Rig.SHORT, Optional.of(certificates.sslContext()));
                SSLSocket socket = tls(certificates, rig.listener.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThrows(IOException.class, socket::startHandshake);
        }
    }

    @Test
    void aTlsRequestIsServed(@TempDir Path dir) throws Exception {
        ServerCertificates certificates = certificates(dir);
        try (Rig rig = new Rig(Rig.ECHO, Rig.SHORT, Optional.of(certificates.sslContext()));
                SSLSocket socket = tls(certificates, rig.listener.port())) {
            send(socket, LAST);
            assertTrue(Rig.rest(socket).endsWith("SECRET"));
        }
    }

    private static ServerCertificates certificates(Path dir) throws IOException {
        TlsConfig config =
                new TlsConfig(true, dir.resolve("c.pem"), dir.resolve("k.pem"), false, List.of());
        return ServerCertificates.open(config, InstantSource.system(), new SecureRandom());
    }

    private static SSLSocket tls(ServerCertificates certificates, int port)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("own", certificates.leaf());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return socket;
    }
}
