package io.gemproxy.server;

import io.gemproxy.server.audit.AuditEvent;
import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.authentication.signing.SigningRing;
import io.gemproxy.server.authentication.signing.TooManySecrets;
import io.gemproxy.server.exchange.Result;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the signing secrets every ten minutes: makes a new one when that is due, drops those
 * that are needed no more, reminds once of one that is too old.
 */
final class SigningRotation implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SigningRotation.class.getName());
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final SigningRing ring;
    private final Optional<Duration> maxAge;
    private final AuditLog audit;
    private final InstantSource clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private boolean reminded;

    private SigningRotation(
            SigningRing ring, Optional<Duration> maxAge, AuditLog audit, InstantSource clock) {
        this.ring = ring;
        this.maxAge = maxAge;
        this.audit = audit;
        this.clock = clock;
    }

    static SigningRotation start(
            SigningRing ring, Optional<Duration> maxAge, AuditLog audit, InstantSource clock) {
        SigningRotation rotation = new SigningRotation(ring, maxAge, audit, clock);
        rotation.look();
        Thread.ofPlatform().daemon().name("signing-rotation").start(rotation::run);
        return rotation;
    }

    private void run() {
        try {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (ring.rotateIfDue()) {
                LOG.log(Level.INFO, "a new secret signs tokens; the one before still verifies");
                reminded = false;
                audit.record(
                        AuditEvent.of(
                                AuditEvent.Type.ADMIN_ACTION,
                                clock.instant(),
                                "token.keys.rotate",
                                Result.SUCCESS,
                                Map.of("by", "auth.signing_key_rotation_days")));
            }
        } catch (IOException | TooManySecrets unsaved) {
            LOG.log(Level.ERROR, "the signing secret could not be rotated", unsaved);
        }
        remind();
    }

    private void remind() {
        Optional<Duration> age = ring.age(clock.instant());
        boolean old =
                maxAge.isPresent() && age.filter(it -> it.compareTo(maxAge.get()) > 0).isPresent();
        if (old && !reminded) {
            reminded = true;
            LOG.log(
                    Level.WARNING,
                    "the secret that signs tokens is {0} days old; rotate it with: gemproxy-cli"
                            + " token keys rotate",
                    age.orElseThrow().toDays());
        }
    }

    @Override
    public void close() {
        closing.countDown();
    }
}
