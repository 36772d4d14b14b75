package io.gemproxy.server.authentication.revocation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something taken back, in the form in which it is kept.
 *
 * @param jti the token of that id
 * @param subject tokens of that client
 * @param issuedBefore only tokens issued before; with neither jti nor subject those of everybody
 * @param credentials digests of keys and secrets that are refused too
 * @param revokedAt when
 * @param revokedBy the admin who did it
 * @param expiresAt from then on nothing it is about can live; null if nobody knows. It is kept for
 *     a day more
 */
public record Revocation(
        @Nullable String jti,
        @Nullable String subject,
        @Nullable Instant issuedBefore,
        List<String> credentials,
        Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable Instant expiresAt) {
    /** More than clocks may differ, and enough to set one right that has run ahead. */
    private static final Duration GRACE = Duration.ofDays(1);

    /** Whether it still matters. */
    boolean mattersAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt.plus(GRACE));
    }

    /** Whether it is about a single token. */
    boolean isOfToken() {
        return jti != null;
    }

    /** Whether it is about everybody's tokens. */
    boolean isOfAll() {
        return jti == null && subject == null;
    }

    /** Whether the other one says all that this one says. */
    boolean isIn(Revocation other) {
        if (jti != null) {
            return jti.equals(other.jti)
                    && (other.expiresAt == null
                            || (expiresAt != null && !expiresAt.isAfter(other.expiresAt)));
        }
        return other.jti == null
                && (other.subject == null || other.subject.equals(subject))
                && issuedBefore != null
                && other.issuedBefore != null
                && !issuedBefore.isAfter(other.issuedBefore)
                && other.credentials.containsAll(credentials);
    }
}
