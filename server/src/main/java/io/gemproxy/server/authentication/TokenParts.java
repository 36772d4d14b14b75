package io.gemproxy.server.authentication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * A compact JWS taken apart and found well-formed, its signature not yet looked at (RFC 7515
 * section 7.1).
 */
final class TokenParts {
    static final int MAX_LENGTH = 8192;

    private final ObjectNode header;
    private final ObjectNode claims;
    private final byte[] signed;
    private final byte[] signature;

    private TokenParts(ObjectNode header, ObjectNode claims, byte[] signed, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signed = signed;
        this.signature = signature;
    }

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
        byte[] signature = decode(token.substring(second + 1));
        return new TokenParts(
                object(header),
                object(claims),
                token.substring(0, second).getBytes(StandardCharsets.US_ASCII),
                signature);
    }

    /** The protected header. */
    ObjectNode header() {
        return header;
    }

    /** What the token says; not to be believed before the signature holds. */
    ObjectNode claims() {
        return claims;
    }

    /** The bytes the signature is of, for no one to change. */
    byte[] signed() {
        return signed;
    }

    /** The signature, for no one to change. */
    byte[] signature() {
        return signature;
    }

    private static byte[] decode(String segment) throws TokenRefusedException {
        return Base64Url.decode(segment).orElseThrow(Refusal.TOKEN_MALFORMED::raise);
    }

    private static ObjectNode object(byte[] utf8) throws TokenRefusedException {
        return StrictJson.object(utf8).orElseThrow(Refusal.TOKEN_JSON_INVALID::raise);
    }
}
