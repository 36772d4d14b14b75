package io.gemproxy.server.upstream;

import static io.gemproxy.server.upstream.Upstreams.config;
import static io.gemproxy.server.upstream.Upstreams.fetch;
import static io.gemproxy.server.upstream.Upstreams.get;
import static io.gemproxy.server.upstream.Upstreams.ok;
import static io.gemproxy.server.upstream.Upstreams.post;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.upstream.UpstreamException.Fault;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same strictness under TLS, and TLS's own faults. */
@Timeout(30)
class UpstreamTlsIT {
    private final TestCertificate certificate;

    UpstreamTlsIT() throws Exception {
        certificate = TestCertificate.forHost("localhost");
    }

    private ScriptedUpstream upstream(ScriptedUpstream.Script script) throws Exception {
        return new ScriptedUpstream(certificate.server(), script);
    }

    private ApacheUpstreamClient client(ScriptedUpstream upstream) throws Exception {
        return client(upstream, certificate.client());
    }

    private static ApacheUpstreamClient client(ScriptedUpstream upstream, SSLContext trust) {
        return ApacheUpstreamClient.create(config(upstream.uri("https")), trust, System::nanoTime);
    }

    private static final ScriptedUpstream.Script ANSWERS =
            conversation -> {
                while (conversation.request() != null) {
                    conversation.say(ok("from " + conversation.number()));
                }
            };

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void exchangesShareOneConnection(String version) throws Exception {
        ScriptedUpstream.Script script =
                conversation -> {
                    SSLSocket tls = (SSLSocket) conversation.socket();
                    tls.setEnabledProtocols(new String[] {version});
                    ANSWERS.play(conversation);
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            for (int i = 0; i < 50; i++) {
                assertEquals("from 1", fetch(client, post("x")).body());
            }
            assertEquals(1, upstream.connections());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http/1.1", "h2,http/1.1"})
    void http11IsNegotiated(String offered) throws Exception {
        CompletableFuture<String> chosen = new CompletableFuture<>();
        ScriptedUpstream.Script script =
                conversation -> {
                    SSLSocket tls = (SSLSocket) conversation.socket();
                    var parameters = tls.getSSLParameters();
                    parameters.setApplicationProtocols(offered.split(",", -1));
                    tls.setSSLParameters(parameters);
                    conversation.request();
                    chosen.complete(tls.getApplicationProtocol());
                    conversation.say(ok("x"));
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("x", fetch(client, get()).body());
            assertEquals("http/1.1", chosen.get());
        }
    }

    @Test
    void unknownAuthorityWrongHostAndExpiredCertificateAreTlsFaults() throws Exception {
        TestCertificate other = TestCertificate.forHost("other.example");
        TestCertificate expired = TestCertificate.expiredForHost("localhost");
        assertTlsFault(certificate.server(), other.client());
        assertTlsFault(other.server(), other.client());
        assertTlsFault(expired.server(), expired.client());
    }

    private static void assertTlsFault(SSLContext server, SSLContext trust) throws Exception {
        try (ScriptedUpstream upstream = new ScriptedUpstream(server, ANSWERS);
                ApacheUpstreamClient client = client(upstream, trust)) {
            UpstreamException refused =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TLS, refused.fault());
            assertFalse(refused.mayHaveActed());
            assertEquals(0, upstream.heads().size());
        }
    }

    @Test
    void plainAnswerOnATlsPortIsATlsFault() throws Exception {
        ScriptedUpstream.Script plain = conversation -> conversation.say(ok("plain"));
        try (ScriptedUpstream upstream = new ScriptedUpstream(plain);
                ApacheUpstreamClient client = client(upstream, certificate.client())) {
            UpstreamException refused =
                    assertThrows(UpstreamException.class, () -> client.call(get()).send());
            assertEquals(Fault.TLS, refused.fault());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nab",
            })
    void tlsCutInsideABodyIsAnException(String bytes) throws Exception {
        CountDownLatch headSeen = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.request();
                    conversation.say(bytes);
                    headSeen.await();
                    conversation.cut();
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream);
                UpstreamResponse response = client.call(get()).send()) {
            assertEquals(
                    "ab", new String(response.body().readNBytes(2), StandardCharsets.US_ASCII));
            headSeen.countDown();
            BrokenAnswerException cut =
                    assertThrows(BrokenAnswerException.class, () -> response.body().read());
            assertEquals(Fault.RESET, cut.fault());
            assertEquals(0, client.leased());
        }
    }

    @Test
    void closeNotifyEndsABodyThatEndsWithTheConnection() throws Exception {
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall");
                    conversation.socket().shutdownOutput();
                    conversation.awaitClose();
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("all", fetch(client, get()).body());
        }
    }

    @Test
    void closeNotifyOnAnIdleConnectionIsSeenBeforeAnythingIsSent() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.request();
                    conversation.say(ok("from " + conversation.number()));
                    if (conversation.number() == 1) {
                        conversation.socket().close();
                        closed.countDown();
                    }
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("from 1", fetch(client, post("x")).body());
            closed.await();
            assertEquals("from 2", fetch(client, post("x")).body());
        }
    }

    @Test
    void extraBytesAfterAnAnswerNeverReachTheNextRequest() throws Exception {
        CountDownLatch taken = new CountDownLatch(1);
        CountDownLatch said = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.request();
                    conversation.say(ok("from " + conversation.number()));
                    if (conversation.number() == 1) {
                        taken.await();
                        conversation.say(ok("canary"));
                        said.countDown();
                    }
                    conversation.awaitClose();
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            assertEquals("from 1", fetch(client, post("x")).body());
            taken.countDown();
            said.await();
            assertEquals("from 2", fetch(client, post("x")).body());
        }
    }

    @Test
    void abortEndsAReadUnderTlsAtOnce() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ScriptedUpstream.Script script =
                conversation -> {
                    conversation.request();
                    conversation.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nab");
                    try {
                        conversation.awaitClose();
                    } finally {
                        closed.countDown();
                    }
                };
        try (ScriptedUpstream upstream = upstream(script);
                ApacheUpstreamClient client = client(upstream)) {
            UpstreamCall call = client.call(get());
            UpstreamResponse response = call.send();
            response.body().readNBytes(2);
            Thread.startVirtualThread(call::abort);
            BrokenAnswerException aborted =
                    assertThrows(BrokenAnswerException.class, () -> response.body().read());
            assertEquals(Fault.ABORTED, aborted.fault());
            assertTrue(closed.await(10, TimeUnit.SECONDS));
            response.close();
        }
    }
}
