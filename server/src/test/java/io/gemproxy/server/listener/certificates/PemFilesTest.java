package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PemFilesTest {
    @TempDir private Path dir;

    @Test
    void readsAKeyInEachOfItsThreeForms() throws Exception {
        for (String algorithm : new String[] {"EC", "RSA"}) {
            KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();
            byte[] pkcs8 = pair.getPrivate().getEncoded();
            assertEquals(pair.getPrivate(), PemFiles.privateKey(pem("PRIVATE KEY", pkcs8)));
        }
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        assertEquals(
                rsa.getPrivate(),
                PemFiles.privateKey(pem("RSA PRIVATE KEY", inner(rsa.getPrivate().getEncoded()))));
    }

    @Test
    void readsASec1KeyBehindItsCurve() throws IOException {
        // openssl ecparam -name prime256v1 -genkey, then openssl pkcs8 -topk8 -nocrypt of it
        assertEquals(
                number(PemFiles.privateKey(resource("sec1-as-pkcs8.pem"))),
                number(PemFiles.privateKey(resource("sec1.pem"))));
    }

    @Test
    void saysOfAnEncryptedKeyHowToDecryptIt() {
        assertTold(
                resource("encrypted.pem"),
                "holds an encrypted key; decrypt it with: openssl pkey -in FILE");
    }

    @Test
    void namesTheFileAndNeverQuotesIt() throws IOException {
        Path torn = write("-----BEGIN PRIVATE KEY-----\nc2VjcmV0!\n-----END PRIVATE KEY-----\n");
        assertTold(torn, "is not proper PEM");
        assertTold(write("nothing"), "holds no private key (-----BEGIN PRIVATE KEY-----)");
        assertTold(dir.resolve("missing"), "is not there");
        assertTold(dir, "cannot be read");
        assertEquals(
                write("nothing") + " holds no certificate (-----BEGIN CERTIFICATE-----)",
                assertThrows(
                                CertificateFileException.class,
                                () -> PemFiles.certificates(write("nothing")))
                        .getMessage());
    }

    private static void assertTold(Path file, String problem) {
        assertEquals(
                file + " " + problem,
                assertThrows(CertificateFileException.class, () -> PemFiles.privateKey(file))
                        .getMessage());
    }

    private static BigInteger number(PrivateKey key) {
        return ((ECPrivateKey) key).getS();
    }

    private static byte[] inner(byte[] pkcs8) throws IOException {
        return PrivateKeyInfo.getInstance(pkcs8).parsePrivateKey().toASN1Primitive().getEncoded();
    }

    private Path pem(String type, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return write("-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(dir.resolve("file.pem"), text);
    }

    private static Path resource(String name) {
        return Path.of("src/test/resources/io/gemproxy/server/listener/certificates", name);
    }
}
