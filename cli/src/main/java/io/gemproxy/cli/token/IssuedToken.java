package io.gemproxy.cli.token;

import java.time.Instant;

/**
 * A token just made.
 *
 * @param byServer whether the running server signed it
 */
record IssuedToken(String token, Instant expiry, boolean byServer) {
    /** Without the token. */
    @Override
    public String toString() {
        return "token until " + expiry;
    }
}
