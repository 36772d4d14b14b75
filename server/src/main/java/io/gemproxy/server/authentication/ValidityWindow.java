package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a token may be used, clock skew already allowed for.
 *
 * @param from first instant it holds
 * @param until first instant it holds no more
 */
record ValidityWindow(Instant from, Instant until) {
    /** The last second of the year 9999: beyond it a date is a mistake or an attack. */
    private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(253_402_300_799L);

    /** Reads {@code exp}, which must be there, and {@code nbf} and {@code iat}, which may. */
    static ValidityWindow of(ObjectNode claims, Duration skew) throws TokenRefusedException {
        if (!claims.has("exp")) {
            throw Refusal.TOKEN_CLAIM_MISSING.raise();
        }
        Instant expires = instant(claims.path("exp"));
        Instant from = Instant.EPOCH;
        for (String name : new String[] {"nbf", "iat"}) {
            if (claims.has(name)) {
                Instant bound = instant(claims.path(name)).minus(skew);
                from = bound.isAfter(from) ? bound : from;
            }
        }
        return new ValidityWindow(from, expires.plus(skew));
    }

    /** When the token was made, if it says so. */
    static Optional<Instant> issuedAt(ObjectNode claims) throws TokenRefusedException {
        return claims.has("iat") ? Optional.of(instant(claims.path("iat"))) : Optional.empty();
    }

    void check(Instant now) throws TokenRefusedException {
        if (!now.isBefore(until)) {
            throw Refusal.TOKEN_EXPIRED.raise();
        }
        if (now.isBefore(from)) {
            throw Refusal.TOKEN_NOT_YET_VALID.raise();
        }
    }

    /** A NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction, never in exponents. */
    static Instant instant(JsonNode value) throws TokenRefusedException {
        if (!value.isNumber()) {
            throw Refusal.TOKEN_CLAIM_INVALID.raise();
        }
        BigDecimal seconds = value.decimalValue();
        boolean sane =
                seconds.scale() >= 0
                        && seconds.scale() <= 20
                        && seconds.signum() >= 0
                        && seconds.compareTo(MAX_SECONDS) <= 0;
        if (!sane) {
            throw Refusal.TOKEN_CLAIM_INVALID.raise();
        }
        return Instant.ofEpochSecond(
                seconds.longValue(),
                seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
