package io.gemproxy.server.authentication.signing;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A signing secret as the ring keeps it.
 *
 * @param kid its name
 * @param material the secret itself; null for the configured one, which stands elsewhere
 * @param fingerprint a mark by which the same secret is known again
 * @param createdAt when it was made, or first seen
 * @param signedUntil when another took its place; null while it signs
 * @param retired whether it verifies nothing any more
 */
public record RingEntry(
        String kid,
        @Nullable String material,
        String fingerprint,
        Instant createdAt,
        @Nullable Instant signedUntil,
        boolean retired) {
    boolean signs() {
        return signedUntil == null && !retired;
    }

    /** The end of the longest token it can have signed; null while it signs. */
    @Nullable Instant verifiesUntil(Duration longest) {
        return signedUntil == null ? null : signedUntil.plus(longest);
    }

    boolean verifies(Duration longest, Instant now) {
        Instant end = verifiesUntil(longest);
        return !retired && (end == null || now.isBefore(end));
    }

    RingEntry replacedAt(Instant moment) {
        return signedUntil == null
                ? new RingEntry(kid, material, fingerprint, createdAt, moment, retired)
                : this;
    }

    RingEntry gone() {
        return new RingEntry(kid, material, fingerprint, createdAt, signedUntil, true);
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "RingEntry[" + kid + "]";
    }
}
