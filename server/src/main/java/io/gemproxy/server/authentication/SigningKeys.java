package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import io.helidon.security.jwt.jwk.JwkOctet;
import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The configured secret as one key per HMAC algorithm, so that no token chooses its own. */
final class SigningKeys {
    private final Map<String, JwkOctet> byAlgorithm;

    SigningKeys(Secret secret) {
        byAlgorithm =
                Map.of(
                        "HS256", key(secret, JwkOctet.ALG_HS256),
                        "HS384", key(secret, JwkOctet.ALG_HS384),
                        "HS512", key(secret, JwkOctet.ALG_HS512));
    }

    Optional<JwkOctet> forAlgorithm(String name) {
        return Optional.ofNullable(byAlgorithm.get(name));
    }

    private static JwkOctet key(Secret secret, String algorithm) {
        String octets =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(secret.open().getBytes(StandardCharsets.UTF_8));
        return JwkOctet.create(
                Json.createObjectBuilder()
                        .add("kty", "oct")
                        .add("kid", "configured") // Helidon asks for one; no token can name it
                        .add("alg", algorithm)
                        .add("k", octets)
                        .build());
    }
}
