package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.exchange.Secret;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ClientKeyTest {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void hasTheFormThatScannersKnow() {
        for (int i = 0; i < 1_000; i++) {
            String key = ClientKey.make(ClientKey.Kind.KEY, random).told();
            assertTrue(key.matches("gp_[0-9A-Za-z]{49}"), "the form of key " + i);
            String secret = ClientKey.make(ClientKey.Kind.OAUTH_SECRET, random).told();
            assertTrue(secret.matches("gps_[0-9A-Za-z]{49}"), "the form of secret " + i);
        }
    }

    @Test
    void isReadBackAndKnownByItsDigest() {
        ClientKey made = ClientKey.make(ClientKey.Kind.KEY, random);
        ClientKey read = ClientKey.of(ClientKey.Kind.KEY, made.secret()).orElseThrow();
        assertEquals(made.digest(), read.digest());
        assertTrue(made.digest().matches("sha256:[0-9a-f]{64}"));
        assertNotEquals(made.digest(), ClientKey.make(ClientKey.Kind.KEY, random).digest());
    }

    @Test
    void everyChangeOfOneCharacterIsATypingError() {
        String key = ClientKey.make(ClientKey.Kind.KEY, random).told();
        for (int at = 3; at < key.length(); at++) {
            for (int digit = 0; digit < DIGITS.length(); digit++) {
                char c = DIGITS.charAt(digit);
                if (c != key.charAt(at)) {
                    String wrong = key.substring(0, at) + c + key.substring(at + 1);
                    assertFalse(isWhole(wrong), "a change at " + at);
                }
            }
        }
    }

    @Test
    void whatIsCutOrLengthenedOrOfAnotherKindIsNone() {
        String key = ClientKey.make(ClientKey.Kind.KEY, random).told();
        assertFalse(isWhole(""));
        assertFalse(isWhole("gp_"));
        assertFalse(isWhole(key.substring(0, key.length() - 1)));
        assertFalse(isWhole(key + "0"));
        assertFalse(isWhole(key.replaceFirst("gp_", "gps_")));
        assertFalse(isWhole(ClientKey.make(ClientKey.Kind.OAUTH_SECRET, random).told()));
        assertFalse(isWhole("gp_" + "\u00e9".repeat(49)));
    }

    private static boolean isWhole(String text) {
        Optional<ClientKey> key = ClientKey.of(ClientKey.Kind.KEY, Secret.of(text));
        return key.isPresent();
    }
}
