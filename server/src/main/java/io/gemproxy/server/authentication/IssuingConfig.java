package io.gemproxy.server.authentication;

import java.time.Duration;
import java.util.Optional;

/**
 * How tokens are issued and signed.
 *
 * @param maxLifetime of any token; a signing secret verifies for so long after its last signature
 * @param oauthLifetime of a token of the client-credentials grant
 * @param maxKeyAge the age of a signing secret from which the operator is reminded
 * @param rotation the age at which a running server replaces the signing secret; empty: never
 */
public record IssuingConfig(
        Duration maxLifetime,
        Duration oauthLifetime,
        Optional<Duration> maxKeyAge,
        Optional<Duration> rotation) {}
