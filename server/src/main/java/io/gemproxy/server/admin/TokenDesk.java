package io.gemproxy.server.admin;

import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.revocation.Revocations;
import io.gemproxy.server.authentication.signing.SigningRing;
import java.time.Duration;

/**
 * What an operator can do about tokens.
 *
 * @param issuer mints them
 * @param longest no token is issued for longer
 * @param revocations takes them back
 * @param ring the secrets that sign them
 */
public record TokenDesk(
        TokenIssuer issuer, Duration longest, Revocations revocations, SigningRing ring) {}
