package io.gemproxy.server.authentication.signing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.SigningSecret;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class SigningRingTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(90);
    private static final Duration VERIFIES = LONGEST.plusMinutes(5);
    private static final String FIRST =
            Emissions.OF_THIS_RUN.secret("a first secret", "first-Qm3xT5bW1rK7mJ4cHq9Zs2LpYfUe8aB");
    private static final String SECOND =
            Emissions.OF_THIS_RUN.secret("a second secret", "second-x8Vb2nM4kL6jH9gF1dS3aQ5wE7rT0");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final AtomicReference<RingState> kept = new AtomicReference<>(RingState.EMPTY);
    private final SplittableRandom random = new SplittableRandom(3);
    private final AtomicReference<Runnable> looks = new AtomicReference<>(() -> {});
    private boolean diskFails;

    private SigningRing ring(String configured) {
        return ring(configured, Optional.empty());
    }

    private SigningRing ring(String configured, Optional<Duration> rotation) {
        return new SigningRing(
                kept.get(),
                Optional.of(Secret.of(configured)),
                new IssuingConfig(LONGEST, Duration.ofMinutes(15), Optional.empty(), rotation),
                this::keep,
                random,
                this::time);
    }

    private Instant time() {
        looks.get().run();
        return now.get();
    }

    private void keep(RingState state) throws IOException {
        if (diskFails) {
            throw new IOException("full");
        }
        kept.set(state);
    }

    @Test
    void atFirstTheConfiguredSecretSigns() throws Exception {
        SigningRing ring = ring(FIRST);
        SigningSecret active = ring.get().active().orElseThrow();
        assertEquals(SigningSecret.CONFIGURED, active.kid());
        assertEquals(Secret.of(FIRST), active.secret());
        ring.remember();
        now.set(NOW.plus(Duration.ofDays(40)));
        assertEquals(Optional.of(Duration.ofDays(40)), ring(FIRST).age(now.get()));
        assertFalse(kept.get().toString().contains(FIRST), "the configured one stands elsewhere");
    }

    @Test
    void aNewOneSignsAndTheOldOneVerifiesUntilTheLongestTokenHasEnded() throws Exception {
        SigningRing ring = ring(FIRST);
        SigningSecrets before = ring.get();
        SigningKeyView made = ring.rotate();
        assertNotSame(before, ring.get());
        assertEquals(made.kid(), ring.get().active().orElseThrow().kid());
        assertTrue(made.kid().matches("20261121-[0-9a-f]{8}"), made.kid());
        assertTrue(verifies(ring, SigningSecret.CONFIGURED));
        now.set(NOW.plus(VERIFIES).minusMillis(1));
        ring.rotateIfDue();
        assertTrue(verifies(ring, SigningSecret.CONFIGURED));
        now.set(NOW.plus(VERIFIES));
        ring.rotateIfDue();
        assertFalse(verifies(ring, SigningSecret.CONFIGURED));
        assertTrue(verifies(ring, made.kid()));
    }

    @Test
    void theRingIsTheSameAfterARestart() throws Exception {
        SigningRing ring = ring(FIRST);
        ring.rotate();
        ring.rotate();
        assertEquals(ring.get(), ring(FIRST).get());
        assertEquals(ring.list(), ring(FIRST).list());
        now.set(NOW.plus(VERIFIES));
        assertEquals(1, ring(FIRST).list().size(), "the configured one is not new again");
    }

    @Test
    void twoSecretsAreNeverAlike() throws Exception {
        SigningRing ring = ring(FIRST);
        ring.rotate();
        Secret one = ring.get().active().orElseThrow().secret();
        ring.rotate();
        assertNotEquals(one, ring.get().active().orElseThrow().secret());
    }

    @Test
    void anotherConfiguredSecretIsTheNewest() throws Exception {
        SigningRing ring = ring(FIRST);
        SigningKeyView made = ring.rotate();
        SigningRing changed = ring(SECOND);
        assertEquals(SigningSecret.CONFIGURED, changed.get().active().orElseThrow().kid());
        assertEquals(Secret.of(SECOND), changed.get().active().orElseThrow().secret());
        assertTrue(verifies(changed, made.kid()));
        assertTrue(
                changed.get().secrets().stream()
                        .noneMatch(it -> it.secret().equals(Secret.of(FIRST))));
    }

    @Test
    void onlyOneThatSignsNoMoreCanBeRetiredAndNotUnawares() throws Exception {
        SigningRing ring = ring(FIRST);
        assertInstanceOf(Retirement.StillSigns.class, ring.retire(SigningSecret.CONFIGURED, true));
        ring.rotate();
        Retirement needed = ring.retire(SigningSecret.CONFIGURED, false);
        assertEquals(new Retirement.StillNeeded(NOW.plus(VERIFIES)), needed);
        assertTrue(verifies(ring, SigningSecret.CONFIGURED));
        assertInstanceOf(Retirement.Done.class, ring.retire(SigningSecret.CONFIGURED, true));
        assertFalse(verifies(ring, SigningSecret.CONFIGURED));
        assertFalse(verifies(ring(FIRST), SigningSecret.CONFIGURED), "nor after a restart");
        assertInstanceOf(Retirement.Unknown.class, ring.retire(SigningSecret.CONFIGURED, true));
        assertInstanceOf(Retirement.Unknown.class, ring.retire("nobody", true));
    }

    @Test
    void aConfiguredSecretThatWasRetiredNeverComesBack() throws Exception {
        SigningRing ring = ring(FIRST);
        ring.rotate();
        ring.retire(SigningSecret.CONFIGURED, true);
        ring(SECOND).remember();
        assertEquals(Secret.of(SECOND), ring(SECOND).get().active().orElseThrow().secret());
        SigningRing back = ring(FIRST);
        back.remember();
        assertTrue(
                back.get().secrets().stream()
                        .noneMatch(it -> it.secret().equals(Secret.of(FIRST))));
        assertNotEquals(
                SigningSecret.CONFIGURED, back.get().active().orElseThrow().kid(), "a new one");
        assertEquals(back.get(), ring(FIRST).get());
        SigningRing without =
                new SigningRing(
                        kept.get(),
                        Optional.empty(),
                        new IssuingConfig(
                                LONGEST,
                                Duration.ofMinutes(15),
                                Optional.empty(),
                                Optional.empty()),
                        this::keep,
                        random,
                        now::get);
        without.remember();
        assertFalse(verifies(ring(FIRST), SigningSecret.CONFIGURED), "nor by way of none");
    }

    /** Else it could put back what was retired between its look and its change. */
    @Test
    void nothingChangesTheRingWhileTheClockIsLookedAt() throws Exception {
        SigningRing ring = ring(FIRST);
        String before = ring.get().active().orElseThrow().kid();
        ring.rotate();
        AtomicReference<Thread> retiring = new AtomicReference<>();
        looks.set(() -> {
            looks.set(() -> {});
            Thread other = Thread.ofPlatform().start(() -> retired(ring, before));
            retiring.set(other);
            while (other.getState() != Thread.State.WAITING && other.isAlive()) {
                Thread.onSpinWait();
            }
            assertTrue(other.isAlive(), "retired in the middle of a look");
        });
        ring.rotateIfDue();
        retiring.get().join();
        assertFalse(verifies(ring, before));
    }

    private static void retired(SigningRing ring, String kid) {
        try {
            ring.retire(kid, true);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    @Test
    void thereIsAnEndToRotations() throws Exception {
        String mark = Secret.of(SECOND).fingerprint();
        List<RingEntry> replaced = new ArrayList<>();
        for (int i = 1; i < SigningRing.MOST; i++) {
            replaced.add(new RingEntry("old-" + i, SECOND, mark, NOW, NOW, false));
        }
        kept.set(new RingState(replaced));
        SigningRing ring = ring(FIRST);
        SigningSecrets before = ring.get();
        TooManySecrets full = assertThrows(TooManySecrets.class, ring::rotate);
        assertTrue(String.valueOf(full.getMessage()).contains("retire"), full::toString);
        assertSame(before, ring.get());
        now.set(NOW.plus(VERIFIES));
        ring.rotate();
    }

    @Test
    void aDiskThatFailsChangesNothing() throws Exception {
        SigningRing ring = ring(FIRST);
        SigningSecrets before = ring.get();
        diskFails = true;
        assertThrows(IOException.class, ring::rotate);
        assertSame(before, ring.get());
    }

    @Test
    void aSecretIsReplacedByItselfOnceItIsOldEnough() throws Exception {
        SigningRing ring = ring(FIRST, Optional.of(Duration.ofDays(30)));
        now.set(NOW.plus(Duration.ofDays(30)).minusSeconds(1));
        assertFalse(ring.rotateIfDue());
        SigningSecrets before = ring.get();
        now.set(NOW.plus(Duration.ofDays(30)));
        assertTrue(ring.rotateIfDue());
        assertNotEquals(before.active(), ring.get().active());
        assertFalse(ring.rotateIfDue());
        assertEquals(
                List.of("verifying", "active"),
                ring.list().stream().map(SigningKeyView::status).toList());
    }

    @Test
    void withoutAnAgeNothingIsReplaced() throws Exception {
        SigningRing ring = ring(FIRST);
        SigningSecrets before = ring.get();
        now.set(NOW.plus(Duration.ofDays(5_000)));
        assertFalse(ring.rotateIfDue());
        assertSame(before, ring.get());
    }

    private static boolean verifies(SigningRing ring, String kid) {
        return ring.get().of(Optional.of(kid)).isPresent();
    }
}
