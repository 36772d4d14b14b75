package io.gemproxy.server.authentication.revocation;

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
 * @param expiresAt from then on nothing it is about can live; null if nobody knows
 */
public record Revocation(
        @Nullable String jti,
        @Nullable String subject,
        @Nullable Instant issuedBefore,
        List<String> credentials,
        Instant revokedAt,
        @Nullable String revokedBy,
        @Nullable Instant expiresAt) {
    /** Whether it still matters. */
    boolean mattersAt(Instant now) {
        return expiresAt == null || now.isBefore(expiresAt);
    }

    /** Whether the other one, made later, says all that this one says. */
    boolean isIn(Revocation later) {
        if (jti != null) {
            return jti.equals(later.jti)
                    && (later.expiresAt == null
                            || (expiresAt != null && !expiresAt.isAfter(later.expiresAt)));
        }
        return later.jti == null
                && java.util.Objects.equals(subject, later.subject)
                && issuedBefore != null
                && later.issuedBefore != null
                && !issuedBefore.isAfter(later.issuedBefore)
                && later.credentials.containsAll(credentials);
    }
}
