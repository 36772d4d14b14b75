package io.gemproxy.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be the output of a generator, and what was thought up. */
class SecretStrengthTest {
    @Test
    void whatGeneratorsGiveLooksRandom() {
        Random random = new Random(20_261_121);
        int missed = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[32];
            random.nextBytes(bytes);
            missed += SecretStrength.looksRandom(HexFormat.of().formatHex(bytes)) ? 0 : 1;
        }
        assertEquals(0, missed);
    }

    @Test
    void smallLettersAtRandomMostlyLookRandom() {
        Random random = new Random(20_261_121);
        int missed = 0;
        for (int i = 0; i < 1_000; i++) {
            String letters =
                    random.ints(48, 'a', 'z' + 1)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            missed += SecretStrength.looksRandom(letters) ? 0 : 1;
        }
        assertTrue(missed < 10, "too strict: " + missed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the-quick-brown-fox-jumps-over-the-lazy-dog",
                "this is my secret for the proxy server",
                "thisismysecretfortheproxyserverathome",
                "my-company-my-company-my-company-2026",
                "aaaabbbbccccddddaaaabbbbccccddddeeee",
                "0123456789012345678901234567890123456789",
                "short0a8d7c6b5e4f",
            })
    void whatIsWordsOrRepeatsOrIsShortDoesNot(String secret) {
        assertFalse(SecretStrength.looksRandom(secret));
    }

    @Test
    void threeOfFourKindsAreMixed() {
        assertTrue(SecretStrength.isMixed("Correct-horse"));
        assertTrue(SecretStrength.isMixed("correct-horse-7"));
        assertFalse(SecretStrength.isMixed("correct-horse"));
        assertFalse(SecretStrength.isMixed("CorrectHorse"));
        assertFalse(SecretStrength.isMixed("31415926"));
    }
}
