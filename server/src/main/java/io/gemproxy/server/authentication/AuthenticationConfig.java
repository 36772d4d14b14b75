package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The {@code auth} section.
 *
 * @param enabled without authentication the proxy serves loopback only
 * @param jwtSecret verifies and signs HS256/384/512 tokens
 * @param issuers whose tokens hold besides, by their public keys
 * @param clockSkew allowed difference of clocks for exp, nbf and iat
 * @param adminPassword for the password login of the admin port
 */
public record AuthenticationConfig(
        boolean enabled,
        Optional<Secret> jwtSecret,
        List<IssuerConfig> issuers,
        Duration clockSkew,
        Optional<Secret> adminPassword) {}
