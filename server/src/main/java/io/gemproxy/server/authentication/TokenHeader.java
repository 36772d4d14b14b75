package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What we read of a token's protected header.
 *
 * @param algorithm one we know; whether it is right the key says, not the token
 * @param kid the name of a key, never more than something to compare
 */
record TokenHeader(SignatureAlgorithm algorithm, Optional<String> kid) {
    /**
     * All others could change how the token is to be read ({@code crit}, {@code b64}, {@code zip},
     * {@code cty}) or bring a key from outside ({@code jku}, {@code jwk}, {@code x5u}, {@code
     * x5c}).
     */
    private static final Set<String> MEMBERS = Set.of("alg", "typ", "kid");

    private static final Set<String> TYPES = Set.of("JWT", "AT+JWT", "APPLICATION/AT+JWT");
    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._~:@+/=-]{1,128}");

    /**
     * @throws TokenRefusedException if the header holds anything we would have to ignore
     */
    static TokenHeader of(ObjectNode header) throws TokenRefusedException {
        JsonNode name = header.path("alg");
        SignatureAlgorithm algorithm =
                SignatureAlgorithm.named(name.isTextual() ? name.textValue() : "")
                        .orElseThrow(Refusal.TOKEN_ALGORITHM_REFUSED::raise);
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            if (!MEMBERS.contains(names.next())) {
                throw Refusal.TOKEN_HEADER_REFUSED.raise();
            }
        }
        if (header.has("typ") && !isTokenType(header.path("typ"))) {
            throw Refusal.TOKEN_HEADER_REFUSED.raise();
        }
        return new TokenHeader(algorithm, kid(header));
    }

    /** Whether a key may have this name. */
    static boolean isKid(String name) {
        return KID.matcher(name).matches();
    }

    private static Optional<String> kid(ObjectNode header) throws TokenRefusedException {
        if (!header.has("kid")) {
            return Optional.empty();
        }
        JsonNode kid = header.path("kid");
        if (!kid.isTextual() || !isKid(kid.textValue())) {
            throw Refusal.TOKEN_HEADER_REFUSED.raise();
        }
        return Optional.of(kid.textValue());
    }

    private static boolean isTokenType(JsonNode type) {
        return type.isTextual() && TYPES.contains(type.textValue().toUpperCase(Locale.ROOT));
    }
}
