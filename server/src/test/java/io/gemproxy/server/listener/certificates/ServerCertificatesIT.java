package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServerCertificatesIT {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path dir;

    @Test
    void makesAPairWhereThereIsNoneAndServesTheSameAfterARestart() throws IOException {
        X509Certificate made = open().leaf();
        assertEquals(made, open().leaf());
        assertTrue(
                open().expiry().isAfter(Instant.now().plus(Duration.ofDays(360))),
                "a self-signed certificate lives for a year");
    }

    @Test
    void oneFileWithoutTheOtherIsAnErrorThatNamesBoth() throws IOException {
        Files.writeString(tls().certPath(), "x");
        String told =
                String.valueOf(
                        assertThrows(CertificateFileException.class, this::open).getMessage());
        assertTrue(told.startsWith(tls().keyPath() + " is not there, but "), told);
        assertTrue(told.contains(tls().certPath() + " is;"), told);
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        open();
        write(dir.resolve("other.pem"), tls().keyPath());
        String told =
                String.valueOf(
                        assertThrows(CertificateFileException.class, this::open).getMessage());
        assertEquals(
                tls().keyPath() + " is not the key of the certificate in " + tls().certPath(),
                told);
    }

    @Test
    void clientsThatTrustItConnectByNameAndByAddressWithEachProtocol() throws Exception {
        ServerCertificates certificates = open();
        for (String protocol : ServerCertificates.PROTOCOLS) {
            assertEquals(certificates.leaf(), handshake(certificates, "localhost", protocol));
            assertEquals(certificates.leaf(), handshake(certificates, "127.0.0.1", protocol));
        }
    }

    @Test
    void aReloadServesTheNewCertificateWithoutANewContext() throws Exception {
        ServerCertificates certificates = open();
        X509Certificate before = certificates.leaf();
        write(tls().certPath(), tls().keyPath());
        certificates.prepare(tls()).serve();
        X509Certificate after = handshake(certificates, "localhost", "TLSv1.3");
        assertEquals(certificates.leaf(), after);
        assertTrue(!after.equals(before), "it is another one");
    }

    @Test
    void aReloadThatFailsGoesOnWithWhatThereWas() throws Exception {
        ServerCertificates certificates = open();
        X509Certificate before = certificates.leaf();
        Files.writeString(tls().certPath(), "torn");
        assertThrows(CertificateFileException.class, () -> certificates.prepare(tls()));
        assertEquals(before, handshake(certificates, "localhost", "TLSv1.3"));
    }

    private static X509Certificate handshake(
            ServerCertificates certificates, String name, String protocol) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SSLServerSocket server =
                        (SSLServerSocket)
                                certificates
                                        .sslContext()
                                        .getServerSocketFactory()
                                        .createServerSocket(0, 5, loopback);
                Socket client = new Socket(loopback, server.getLocalPort())) {
            client.setSoTimeout(10_000);
            Thread serving = Thread.ofVirtual().start(() -> accept(server));
            try (SSLSocket named =
                    (SSLSocket)
                            trusting(certificates.leaf())
                                    .getSocketFactory()
                                    .createSocket(client, name, server.getLocalPort(), true)) {
                SSLParameters parameters = named.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setProtocols(new String[] {protocol});
                named.setSSLParameters(parameters);
                named.startHandshake();
                serving.join(Duration.ofSeconds(10));
                return (X509Certificate) named.getSession().getPeerCertificates()[0];
            }
        }
    }

    private static void accept(SSLServerSocket server) {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.startHandshake();
        } catch (IOException told) {
            // the client fails too, and says why
        }
    }

    private static SSLContext trusting(X509Certificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), RANDOM);
        return context;
    }

    private static void write(Path cert, Path key) throws IOException {
        SelfSignedCertificate.create(
                        List.of("localhost"), Duration.ofDays(1), InstantSource.system(), RANDOM)
                .write(cert, key, true);
    }

    private ServerCertificates open() throws IOException {
        return ServerCertificates.open(tls(), InstantSource.system(), RANDOM);
    }

    private TlsConfig tls() {
        return new TlsConfig(
                true, dir.resolve("cert.pem"), dir.resolve("key.pem"), false, List.of());
    }
}
