package io.gemproxy.server.authentication.sessions;

import java.time.Duration;

/**
 * Logins and sessions of the {@code admin} section.
 *
 * @param tokenLifetime of the token that a login or a refresh gives
 * @param idleTimeout a session that is not used for so long is over
 * @param maxAttempts vain logins of one address, one after another, until it is locked out
 * @param lockout for how long it is; also how long a vain login is remembered
 */
public record SessionConfig(
        Duration tokenLifetime, Duration idleTimeout, int maxAttempts, Duration lockout) {}
