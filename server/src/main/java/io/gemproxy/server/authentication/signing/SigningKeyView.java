package io.gemproxy.server.authentication.signing;

import java.time.Instant;
import java.util.Optional;

/**
 * A signing secret as an operator sees it: by its name.
 *
 * @param kid its name, as in the header of tokens
 * @param status {@code active}: signs and verifies, or {@code verifying}
 * @param createdAt when it was made, or first seen
 * @param ageDays whole days since then
 * @param verifiesUntil from then on no token that it signed can live
 */
public record SigningKeyView(
        String kid,
        String status,
        Instant createdAt,
        long ageDays,
        Optional<Instant> verifiesUntil) {}
