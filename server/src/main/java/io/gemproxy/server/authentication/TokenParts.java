package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Iterator;
import java.util.Set;

/**
 * A compact JWS taken apart and found well-formed, its signature not yet looked at (RFC 7515
 * section 7.1).
 *
 * @param header the protected header
 * @param claims what the token says; not to be believed before the signature holds
 */
record TokenParts(ObjectNode header, ObjectNode claims) {
    static final int MAX_LENGTH = 8192;

    /**
     * Members we may ignore. All others could change how the token is to be read ({@code crit},
     * {@code b64}, {@code zip}, {@code cty}) or bring a key from outside ({@code jku}, {@code jwk},
     * {@code x5u}, {@code x5c}, {@code kid}); we have one unnamed secret.
     */
    private static final Set<String> HEADER_MEMBERS = Set.of("alg", "typ");

    private static final Set<String> TYPES = Set.of("JWT", "AT+JWT", "APPLICATION/AT+JWT");
    private static final Set<String> ALGORITHMS = Set.of("HS256", "HS384", "HS512");

    static TokenParts parse(String token) throws TokenRefusedException {
        if (token.length() > MAX_LENGTH) {
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        byte[] header = decode(token.substring(0, first));
        byte[] claims = decode(token.substring(first + 1, second));
        decode(token.substring(second + 1));
        return new TokenParts(StrictJson.object(header), StrictJson.object(claims));
    }

    /** The name of the HMAC algorithm, if the header holds nothing that must be refused. */
    String algorithm() throws TokenRefusedException {
        JsonNode algorithm = header.path("alg");
        if (!algorithm.isTextual() || !ALGORITHMS.contains(algorithm.textValue())) {
            throw Refusal.TOKEN_ALGORITHM_REFUSED.raise();
        }
        for (Iterator<String> names = header.fieldNames(); names.hasNext(); ) {
            if (!HEADER_MEMBERS.contains(names.next())) {
                throw Refusal.TOKEN_HEADER_REFUSED.raise();
            }
        }
        if (header.has("typ") && !isTokenType(header.path("typ"))) {
            throw Refusal.TOKEN_HEADER_REFUSED.raise();
        }
        return algorithm.textValue();
    }

    private static boolean isTokenType(JsonNode type) {
        return type.isTextual()
                && TYPES.contains(type.textValue().toUpperCase(java.util.Locale.ROOT));
    }

    /** Canonical base64url only: otherwise one token could be written in several ways. */
    private static byte[] decode(String segment) throws TokenRefusedException {
        if (segment.isEmpty() || segment.indexOf('=') >= 0) {
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(segment);
            if (!hasUnusedBits(segment)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64Url) {
            throw Refusal.TOKEN_MALFORMED.raise();
        }
        throw Refusal.TOKEN_MALFORMED.raise();
    }

    private static boolean hasUnusedBits(String segment) {
        int unused =
                switch (segment.length() % 4) {
                    case 2 -> 0b1111;
                    case 3 -> 0b11;
                    default -> 0;
                };
        return (sextet(segment.charAt(segment.length() - 1)) & unused) != 0;
    }

    private static int sextet(char c) {
        if (c >= 'A' && c <= 'Z') {
            return c - 'A';
        }
        if (c >= 'a' && c <= 'z') {
            return c - 'a' + 26;
        }
        if (c >= '0' && c <= '9') {
            return c - '0' + 52;
        }
        return c == '-' ? 62 : 63;
    }
}
