package io.gemproxy.server.listener.certificates.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.server.listener.certificates.acme.AcmeConfig.KeyAlgorithm;
import io.gemproxy.server.listener.certificates.acme.RenewalMemory.Suggestion;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a certificate is renewed, and when it is tried again. */
final class RenewalTimeTest {
    private static final Instant BEGIN = Instant.parse("2026-11-21T09:00:00Z");
    private static final List<String> NAMES = List.of("a.example");
    private static final TestIssuer ISSUER = new TestIssuer("Test");
    private static final PublicKey KEY = KeyAlgorithm.P256.generate(new SecureRandom()).getPublic();

    private static X509Certificate living(Duration life) {
        return ISSUER.issue(NAMES, KEY, BEGIN, BEGIN.plus(life));
    }

    @ParameterizedTest
    @CsvSource({"2160, 720", "1080, 360", "240, 80", "239, 119", "144, 72", "24, 12"})
    void aThirdOfItsLifeIsLeftOrHalfOfAShortOne(int life, int left) {
        X509Certificate leaf = living(Duration.ofHours(life));
        Instant latest = BEGIN.plus(Duration.ofHours(life - left));
        Instant time = RenewalTime.backstop(leaf);
        assertFalse(time.isAfter(latest));
        assertTrue(time.isAfter(latest.minus(Duration.ofHours(life).dividedBy(40))));
        assertEquals(time, RenewalTime.backstop(leaf), "the same after a restart");
    }

    @Test
    void anUnfitOneIsRenewedAtOnce() {
        X509Certificate leaf = living(Duration.ofDays(90));
        Instant soon = BEGIN.plusSeconds(60);
        assertEquals(soon, at(Optional.empty(), NAMES, soon));
        assertEquals(soon, at(Optional.of(ISSUER.certificate()), NAMES, soon));
        assertEquals(soon, at(Optional.of(leaf), List.of("a.example", "b.example"), soon));
        Instant late = BEGIN.plus(Duration.ofDays(91));
        assertEquals(late, at(Optional.of(leaf), NAMES, late));
    }

    private static Instant at(Optional<X509Certificate> leaf, List<String> names, Instant now) {
        return RenewalTime.of(leaf, names, Optional.empty(), now);
    }

    @Test
    void theSuggestionOfAnotherCertificateDoesNotCount() {
        X509Certificate leaf = living(Duration.ofDays(90));
        Instant chosen = BEGIN.plus(Duration.ofDays(3));
        Suggestion ours =
                new Suggestion(RenewalTime.fingerprint(leaf), chosen, chosen, chosen, null);
        Suggestion others = new Suggestion("00", chosen, chosen, chosen, null);
        assertEquals(chosen, RenewalTime.of(Optional.of(leaf), NAMES, Optional.of(ours), BEGIN));
        assertEquals(
                RenewalTime.backstop(leaf),
                RenewalTime.of(Optional.of(leaf), NAMES, Optional.of(others), BEGIN));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 10", "3, 100", "4, 1440", "5, 1440", "1000, 1440"})
    void failuresAreRetriedAfterOneTenHundredMinutesThenDaily(int failures, int minutes) {
        Duration base = Duration.ofMinutes(minutes);
        for (int seed = 0; seed < 200; seed++) {
            Duration pause = RetrySchedule.after(failures, new Random(seed));
            assertFalse(pause.compareTo(base) < 0);
            assertFalse(pause.compareTo(base.multipliedBy(11).dividedBy(10)) > 0);
        }
    }
}
