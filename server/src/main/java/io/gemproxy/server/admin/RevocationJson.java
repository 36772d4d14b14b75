package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.revocation.Revocation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A revocation as the admin API shows it. */
record RevocationJson(
        Optional<String> jti,
        Optional<String> subject,
        Optional<Instant> issuedBefore,
        int credentials,
        Instant revokedAt,
        Optional<String> revokedBy,
        Optional<Instant> expiresAt) {
    static RevocationJson of(Revocation revocation) {
        return new RevocationJson(
                Optional.ofNullable(revocation.jti()),
                Optional.ofNullable(revocation.subject()),
                Optional.ofNullable(revocation.issuedBefore()),
                revocation.credentials().size(),
                revocation.revokedAt(),
                Optional.ofNullable(revocation.revokedBy()),
                Optional.ofNullable(revocation.expiresAt()));
    }

    /** Body of {@code GET /api/tokens/revoked}. */
    record All(List<RevocationJson> revocations) {}
}
