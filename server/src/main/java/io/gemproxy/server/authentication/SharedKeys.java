package io.gemproxy.server.authentication;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Our own signing secrets as keys, each by name and HMAC algorithm; follows every rotation from one
 * call to the next.
 */
final class SharedKeys {
    private final Supplier<SigningSecrets> source;
    private volatile Ring ring = Ring.of(SigningSecrets.NONE);

    SharedKeys(Supplier<SigningSecrets> source) {
        this.source = source;
    }

    /**
     * The key a token of ours must be signed with.
     *
     * @throws TokenRefusedException if there is none of this name, or none at all
     */
    TrustedKey key(TokenHeader header) throws TokenRefusedException {
        Ring now = now();
        if (now.secrets().secrets().isEmpty()) {
            throw Refusal.TOKEN_UNVERIFIABLE.raise();
        }
        return now.find(header.kid().orElse(SigningSecret.CONFIGURED), header.algorithm())
                .orElseThrow(Refusal.TOKEN_KEY_UNKNOWN::raise);
    }

    /** Whether a key is still one of ours. */
    boolean trusts(TrustedKey key) {
        return now().find(key.kid(), key.algorithm()).filter(key::equals).isPresent();
    }

    private Ring now() {
        SigningSecrets secrets = source.get();
        Ring known = ring;
        if (!known.secrets().equals(secrets)) {
            known = Ring.of(secrets);
            ring = known;
        }
        return known;
    }

    /** The key of a secret; the header of a token may choose among its algorithms, not its kind. */
    static SecretKey material(SigningSecret secret) {
        return new SecretKeySpec(secret.secret().open().getBytes(StandardCharsets.UTF_8), "HMAC");
    }

    /**
     * What was made of one moment's secrets.
     *
     * @param secrets that moment's
     * @param keys by name, then by algorithm
     */
    private record Ring(
            SigningSecrets secrets, Map<String, Map<SignatureAlgorithm, TrustedKey>> keys) {
        static Ring of(SigningSecrets secrets) {
            Map<String, Map<SignatureAlgorithm, TrustedKey>> keys = new HashMap<>();
            secrets.secrets().forEach(secret -> keys.put(secret.kid(), keys(secret)));
            return new Ring(secrets, Map.copyOf(keys));
        }

        private static Map<SignatureAlgorithm, TrustedKey> keys(SigningSecret secret) {
            Map<SignatureAlgorithm, TrustedKey> keys = new EnumMap<>(SignatureAlgorithm.class);
            SecretKey material = material(secret);
            for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
                if (algorithm.isShared()) {
                    keys.put(
                            algorithm,
                            new TrustedKey(Authority.OURS, secret.kid(), algorithm, material));
                }
            }
            return keys;
        }

        Optional<TrustedKey> find(String kid, SignatureAlgorithm algorithm) {
            return Optional.ofNullable(keys.getOrDefault(kid, Map.of()).get(algorithm));
        }
    }
}
