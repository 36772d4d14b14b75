package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.AlpnChallenges;
import io.gemproxy.server.listener.certificates.CertificateHosts;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.certificates.ServedCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handshake of {@code acme-tls/1} on the proxy port (RFC 8737), and all others beside it. */
final class AlpnChallengeIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LAST =
            "GET /secret HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @TempDir private Path dir;
    private final AlpnChallenges challenges = new AlpnChallenges();
    private Rig rig;
    private TlsTalk talk;

    @BeforeEach
    void start() throws Exception {
        ServerCertificates certificates =
                ServerCertificates.open(
                        new TlsConfig(
                                true, dir.resolve("c.pem"), dir.resolve("k.pem"), false, List.of()),
                        InstantSource.system(),
                        RANDOM);
        rig = new Rig(Rig.ECHO, Rig.SHORT, Optional.of(certificates.sslContext(challenges)));
        talk = new TlsTalk(rig.listener.port());
        challenges.offer("one.example", certificate("one.example"));
        challenges.offer("two.example", certificate("two.example"));
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void itIsShownTheChallengeOfItsNameAndEndsWithTheHandshake(String protocol) throws Exception {
        for (String host : List.of("one.example", "TWO.example")) {
            try (SSLSocket socket = open(host, protocol)) {
                socket.startHandshake();

                assertEquals(AlpnChallenges.PROTOCOL, socket.getApplicationProtocol());
                X509Certificate shown =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                assertTrue(CertificateHosts.cover(shown, host));
                assertEquals(-1, socket.getInputStream().read());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void noRequestIsServedOnIt(String protocol) throws Exception {
        try (SSLSocket socket = open("one.example", protocol)) {
            socket.startHandshake();
            String answer;
            try {
                answer = TlsTalk.ask(socket, LAST);
            } catch (IOException reset) {
                answer = "";
            }
            assertEquals("", answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aNameWithoutAChallengeIsRefused(String protocol) throws Exception {
        for (List<String> sni : List.of(List.of("three.example"), List.<String>of())) {
            try (SSLSocket socket = talk.open(sni, List.of(AlpnChallenges.PROTOCOL), protocol)) {
                assertThrows(IOException.class, socket::startHandshake);
            }
        }
    }

    @Test
    void everybodyElseIsServedAsEver() throws Exception {
        for (List<String> alpn :
                List.of(
                        List.<String>of(),
                        List.of("http/1.1"),
                        List.of("h2", "http/1.1"),
                        List.of(AlpnChallenges.PROTOCOL, "http/1.1"))) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                try (SSLSocket socket = talk.open(List.of("one.example"), alpn, protocol)) {
                    socket.startHandshake();
                    X509Certificate shown =
                            (X509Certificate) socket.getSession().getPeerCertificates()[0];
                    assertTrue(CertificateHosts.of(shown).contains("localhost"), alpn.toString());
                    assertEquals(alpn.isEmpty() ? "" : "http/1.1", socket.getApplicationProtocol());
                    assertTrue(TlsTalk.ask(socket, LAST).endsWith("SECRET"), alpn.toString());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aSessionIsResumed(String protocol) throws Exception {
        TlsTalk again = new TlsTalk(rig.listener.port());
        assertEquals("nobody", heldBefore(again, "one.example", protocol));
        assertEquals("one.example", heldBefore(again, "one.example", protocol));
        assertEquals("one.example", heldBefore(again, "one.example", protocol));
    }

    /** Whose session it was under which a request was answered. */
    private static Object heldBefore(TlsTalk talk, String host, String protocol) throws Exception {
        try (SSLSocket socket = talk.open(List.of(host), List.of(), protocol)) {
            socket.startHandshake();
            assertTrue(TlsTalk.ask(socket, LAST).endsWith("SECRET"));
            Object holder = socket.getSession().getValue("holder");
            socket.getSession().putValue("holder", host);
            return holder == null ? "nobody" : holder;
        }
    }

    @Test
    void withoutAnyChallengeTheProtocolIsNotSpoken() throws Exception {
        challenges.withdraw("one.example");
        challenges.withdraw("two.example");

        try (SSLSocket socket = open("one.example", "TLSv1.3")) {
            Exception told = assertThrows(SSLException.class, socket::startHandshake);
            assertTrue(String.valueOf(told.getMessage()).contains("no_application_protocol"));
        }
    }

    /** With a session of its own: who resumes one is not shown a certificate. */
    private SSLSocket open(String host, String protocol) throws Exception {
        return new TlsTalk(rig.listener.port())
                .open(List.of(host), List.of(AlpnChallenges.PROTOCOL), protocol);
    }

    private ServedCertificate certificate(String host) throws Exception {
        Path certificate = dir.resolve(host + ".pem");
        Path key = dir.resolve(host + ".key");
        SelfSignedCertificate.create(
                        List.of(host), Duration.ofDays(1), InstantSource.system(), RANDOM)
                .write(certificate, key, false);
        return ServedCertificate.load(certificate, key, RANDOM);
    }
}
