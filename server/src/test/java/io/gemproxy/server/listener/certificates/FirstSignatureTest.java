package io.gemproxy.server.listener.certificates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FirstSignatureTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource({"EC,256", "EC,384", "RSA,2048", "Ed25519,255"})
    void showsWhichKeysBelongTogether(String kind, int size) throws GeneralSecurityException {
        KeyPairGenerator pairs = KeyPairGenerator.getInstance(kind);
        pairs.initialize(size);
        KeyPair one = pairs.generateKeyPair();
        KeyPair two = pairs.generateKeyPair();

        byte[] signed =
                SampleSignature.sign(one.getPublic().getAlgorithm(), one.getPrivate(), RANDOM);

        assertTrue(SampleSignature.isOf(one.getPublic(), signed));
        assertFalse(SampleSignature.isOf(two.getPublic(), signed));
    }

    @Test
    void leavesItToOthersToTellWhatIsWrongWithAKey() throws IOException {
        Path file = directory.resolve("key.pem");
        for (String text :
                List.of(
                        "",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
                        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n")) {
            Files.writeString(file, text);
            assertDoesNotThrow(() -> FirstSignature.make(file, RANDOM));
            assertEquals(text, Files.readString(file));
        }
        assertDoesNotThrow(() -> FirstSignature.make(directory.resolve("none.pem"), RANDOM));
        assertArrayEquals(new String[] {"key.pem"}, directory.toFile().list());
    }

    @Test
    void leavesWhatAPipeHoldsToWhoServesWithIt() throws IOException, InterruptedException {
        Path pipe = directory.resolve("key.pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> FirstSignature.make(pipe, RANDOM));
    }
}
