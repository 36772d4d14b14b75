package io.gemproxy.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.CertificateHosts;
import io.gemproxy.server.listener.certificates.SelfSignedCertificate;
import io.gemproxy.server.listener.certificates.ServerCertificates;
import io.gemproxy.server.listener.certificates.TlsConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which certificate a client is shown, by the name it asks for. */
final class CertificateChoiceIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private static Path dir;
    private static Rig rig;

    @BeforeAll
    static void start() throws Exception {
        TlsConfig.Files main = pair("main.example", "main");
        TlsConfig tls =
                new TlsConfig(
                        true,
                        main.certPath(),
                        main.keyPath(),
                        false,
                        List.of(),
                        List.of(
                                pair("*.wild.example", "wild"),
                                pair("one.wild.example", "one"),
                                pair("other.example", "other")));
        ServerCertificates certificates =
                ServerCertificates.open(tls, InstantSource.system(), RANDOM);
        rig = new Rig(Rig.ECHO, Rig.SHORT, Optional.of(certificates.sslContext()));
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "main.example, main.example",
        "other.example, other.example",
        "OTHER.Example, other.example",
        "two.wild.example, *.wild.example",
        "Two.WILD.example, *.wild.example",
        "one.wild.example, one.wild.example",
        "wild.example, main.example",
        "a.two.wild.example, main.example",
        "unknown.example, main.example",
        "example, main.example",
        "other.example.evil.example, main.example",
        "127.0.0.1, main.example"
    })
    void theNameDecides(String asked, String shown) throws Exception {
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            assertEquals(List.of(shown), shown(List.of(asked), protocol), protocol);
        }
    }

    @Test
    void withoutANameItIsTheMainOne() throws Exception {
        assertEquals(List.of("main.example"), shown(List.of(), "TLSv1.3"));
        assertEquals(List.of("main.example"), shown(List.of(), "TLSv1.2"));
    }

    /** RFC 6066, section 3: a host name is sent without its last dot, and there is one. */
    @ParameterizedTest
    @ValueSource(strings = {"other.example.", "bad name", "a..b", "."})
    void whatIsNoNameEndsTheHandshake(String asked) {
        assertThrows(SSLException.class, () -> shown(List.of(asked), "TLSv1.3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.1", "TLSv1"})
    void olderProtocolsAreRefused(String protocol) {
        assertThrows(IOException.class, () -> shown(List.of(), protocol));
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "spdy/3", "acme-tls/1", "HTTP/1.1"})
    void anApplicationProtocolThatIsNotSpokenEndsTheHandshake(String alpn) throws Exception {
        try (SSLSocket socket = new TlsTalk(rig.listener.port()).open(List.of(), List.of(alpn))) {
            Exception told = assertThrows(SSLException.class, socket::startHandshake);
            assertTrue(String.valueOf(told.getMessage()).contains("no_application_protocol"));
        }
    }

    @Test
    void ofSeveralApplicationProtocolsOursIsSpoken() throws Exception {
        try (SSLSocket socket =
                new TlsTalk(rig.listener.port()).open(List.of(), List.of("h2", "http/1.1"))) {
            socket.startHandshake();
            assertEquals("http/1.1", socket.getApplicationProtocol());
        }
    }

    private static List<String> shown(List<String> sni, String protocol) throws Exception {
        return CertificateHosts.of(new TlsTalk(rig.listener.port()).shown(sni, protocol));
    }

    private static TlsConfig.Files pair(String host, String name) throws IOException {
        Path certificate = dir.resolve(name + ".pem");
        Path key = dir.resolve(name + ".key");
        SelfSignedCertificate.create(
                        List.of(host), Duration.ofDays(1), InstantSource.system(), RANDOM)
                .write(certificate, key, false);
        return new TlsConfig.Files(certificate, key);
    }
}
