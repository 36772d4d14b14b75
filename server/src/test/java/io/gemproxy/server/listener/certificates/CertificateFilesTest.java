package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of good and bad pairs of files, at the start and while something is served. */
final class CertificateFilesTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    private static TestAuthority authority;
    private static KeyPair key;
    private static X509Certificate leaf;

    @TempDir private Path dir;
    private Path cert;
    private Path keyFile;
    private Instant now = TestAuthority.FROM.plus(Duration.ofDays(2));

    @BeforeAll
    static void issue() throws Exception {
        authority = new TestAuthority("authority");
        key = TestAuthority.ec();
        leaf = authority.issue(key, "a.example");
    }

    @BeforeEach
    void files() throws Exception {
        cert = dir.resolve("cert.pem");
        keyFile = dir.resolve("key.pem");
        TestAuthority.write(cert, leaf, authority.intermediate);
        TestAuthority.write(keyFile, key.getPrivate());
    }

    @Test
    void aChainIsServedInTheOrderOfTlsWhateverTheOrderOfTheFile() throws Exception {
        List<X509Certificate> chain = List.of(leaf, authority.intermediate, authority.root);
        for (int round = 0; round < 12; round++) {
            List<X509Certificate> shuffled = new ArrayList<>(chain);
            Collections.shuffle(shuffled, new Random(round));
            TestAuthority.write(cert, shuffled.toArray(X509Certificate[]::new));

            assertEquals(chain, load().chain(), "round " + round);
        }
    }

    @Test
    void certificatesOfAnotherChainAndRepeatedOnesAreLeftOut() throws Exception {
        TestAuthority other = new TestAuthority("authority");
        TestAuthority.write(
                cert, other.intermediate, leaf, leaf, other.root, authority.intermediate);

        assertEquals(List.of(leaf, authority.intermediate), load().chain());
    }

    @Test
    void anRsaPairIsServedToo() throws Exception {
        KeyPair rsa = TestAuthority.rsa(2048);
        TestAuthority.write(cert, authority.issue(rsa, "a.example"), authority.intermediate);
        TestAuthority.write(keyFile, rsa.getPrivate());

        assertEquals("RSA", load().leaf().getPublicKey().getAlgorithm());
    }

    @Test
    void aShortRsaKeyIsRefusedWithTheWayOut() throws Exception {
        KeyPair rsa = TestAuthority.rsa(1024);
        TestAuthority.write(cert, authority.issue(rsa, "a.example"));
        TestAuthority.write(keyFile, rsa.getPrivate());

        refused(keyFile + " holds an RSA key of 1024 bits; have the certificate made anew");
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws Exception {
        TestAuthority.write(keyFile, TestAuthority.ec().getPrivate());

        refused(keyFile + " is not the key of the certificate in " + cert);
    }

    @Test
    void aKeyOfAnotherKindIsRefused() throws Exception {
        TestAuthority.write(keyFile, TestAuthority.rsa(2048).getPrivate());

        refused(keyFile + " is not the key of the certificate in " + cert);
    }

    @Test
    void aTruncatedCertificateIsRefused() throws Exception {
        String whole = Files.readString(cert);
        Files.writeString(cert, whole.substring(0, whole.length() / 3));

        refused(cert + " is not proper PEM");
    }

    @Test
    void textInPlaceOfACertificateIsRefused() throws Exception {
        Files.writeString(cert, "<html>certificate</html>");

        refused(cert + " holds no certificate (-----BEGIN CERTIFICATE-----)");
    }

    @Test
    void aCertificateInPlaceOfTheKeyIsRefused() throws Exception {
        TestAuthority.write(keyFile, leaf);

        refused(keyFile + " holds no private key (-----BEGIN PRIVATE KEY-----)");
    }

    @Test
    void anExpiredOneIsServedAtTheStartAndSaidButDoesNotReplaceAGoodOne() throws Exception {
        X509Certificate old = old();
        TestAuthority.write(cert, old, authority.intermediate);
        assertEquals(old, open(false).leaf());

        TestAuthority.write(cert, leaf, authority.intermediate);
        ServerCertificates good = open(false);
        TestAuthority.write(cert, old, authority.intermediate);
        Exception told = assertThrows(CertificateFileException.class, good::reload);
        assertEquals(
                cert
                        + " holds a certificate that expired at "
                        + old.getNotAfter().toInstant()
                        + "; what is served is valid until "
                        + TestAuthority.UNTIL,
                told.getMessage());
        assertEquals(leaf, good.leaf());
    }

    @Test
    void oneThatHasNotBegunDoesNotReplaceAGoodOne() throws Exception {
        ServerCertificates good = open(false);
        Instant begin = now.plus(Duration.ofDays(1));
        TestAuthority.write(cert, authority.issue(key, begin, TestAuthority.UNTIL, "a.example"));

        Exception told = assertThrows(CertificateFileException.class, good::reload);
        assertTrue(
                String.valueOf(told.getMessage())
                        .startsWith(cert + " holds a certificate that begins at " + begin),
                told.getMessage());
        assertEquals(leaf, good.leaf());
    }

    @Test
    void whatExpiredWhileServedIsServedOnAndAnyOtherTakesItsPlace() throws Exception {
        ServerCertificates served = open(false);
        now = TestAuthority.UNTIL.plusSeconds(1);
        served.reload();
        assertEquals(leaf, served.leaf());

        X509Certificate next = authority.issue(key, now, now.plus(Duration.ofDays(9)), "a.example");
        TestAuthority.write(cert, next, authority.intermediate);
        served.reload();
        assertEquals(next, served.leaf());
    }

    @Test
    void withAcmeNothingInTheFilesKeepsTheServerFromStarting() throws Exception {
        TestAuthority.write(cert, old(), authority.intermediate);
        standsIn("an expired one");

        TestAuthority.write(keyFile, TestAuthority.ec().getPrivate());
        standsIn("another key");

        Files.writeString(keyFile, "torn");
        standsIn("no key");

        Files.delete(keyFile);
        standsIn("one of the two");
    }

    @Test
    void withAcmeAReloadKeepsTheStandInUntilTheFilesAreGood() throws Exception {
        Files.writeString(keyFile, "torn");
        ServerCertificates served = open(true);
        X509Certificate standIn = served.leaf();
        served.reload();
        assertEquals(standIn, served.leaf());
        assertTrue(served.served().getFirst().stopgap());

        TestAuthority.write(keyFile, key.getPrivate());
        served.reload();
        assertEquals(leaf, served.leaf());
        assertTrue(!served.served().getFirst().stopgap());
    }

    @Test
    void wherePairsCannotBeWrittenOneInMemoryIsServed() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "");
        TlsConfig below =
                new TlsConfig(
                        true,
                        file.resolve("cert.pem"),
                        file.resolve("key.pem"),
                        false,
                        List.of("proxy.example"));

        ServerCertificates served = ServerCertificates.open(below, () -> now, RANDOM);
        assertTrue(served.served().getFirst().stopgap());
        assertTrue(CertificateHosts.cover(served.leaf(), "proxy.example"));
        served.reload();
        assertTrue(served.served().getFirst().stopgap());
    }

    @Test
    void aFurtherPairThatIsMissingIsRefusedByName() {
        TlsConfig.Files more = new TlsConfig.Files(dir.resolve("b.pem"), dir.resolve("b-key.pem"));
        TlsConfig two = new TlsConfig(true, cert, keyFile, false, List.of(), List.of(more));

        Exception told =
                assertThrows(
                        CertificateFileException.class,
                        () -> ServerCertificates.open(two, () -> now, RANDOM));
        assertEquals(more.certPath() + " is not there", told.getMessage());
    }

    private void standsIn(String what) throws Exception {
        ServerCertificates served = open(true);
        assertTrue(served.served().getFirst().stopgap(), what);
        assertTrue(CertificateHosts.cover(served.leaf(), "acme.example"), what);
        if (!what.equals("an expired one")) {
            assertThrows(CertificateFileException.class, () -> open(false), what);
        }
    }

    private X509Certificate old() throws Exception {
        return authority.issue(
                key, TestAuthority.FROM.minus(Duration.ofDays(9)), TestAuthority.FROM, "a.example");
    }

    private void refused(String beginning) {
        String told =
                String.valueOf(
                        assertThrows(CertificateFileException.class, this::load).getMessage());
        assertTrue(told.startsWith(beginning), told);
    }

    private ServedCertificate load() throws Exception {
        return ServedCertificate.load(cert, keyFile, RANDOM);
    }

    private ServerCertificates open(boolean acme) throws Exception {
        InstantSource clock = () -> now;
        return ServerCertificates.open(
                new TlsConfig(true, cert, keyFile, acme, List.of("acme.example")), clock, RANDOM);
    }
}
