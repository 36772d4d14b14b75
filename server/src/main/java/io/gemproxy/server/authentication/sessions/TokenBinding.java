package io.gemproxy.server.authentication.sessions;

import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Digests of session tokens, keyed with the admin password: another password makes all kept
 * sessions worthless, and a digest alone is no test of a guessed password, since the token that it
 * is of is random and not kept.
 */
final class TokenBinding {
    private static final String MAC = "HmacSHA256";
    private static final byte[] PURPOSE = "gemproxy-session".getBytes(StandardCharsets.US_ASCII);

    private final Optional<SecretKeySpec> key;

    TokenBinding(AuthenticationConfig config) {
        key = config.adminPassword().map(TokenBinding::key);
    }

    /** Whether it is the binding to the same password. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenBinding that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /**
     * The digest of a token, in base64.
     *
     * @throws IllegalStateException without a configured password
     */
    String digest(String token) {
        byte[] digest =
                mac(
                        key.orElseThrow(() -> new IllegalStateException("no admin password")),
                        token.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().withoutPadding().encodeToString(digest);
    }

    /** Whether a token is the one of that digest, in constant time. */
    boolean matches(String token, String digest) {
        return key.isPresent()
                && MessageDigest.isEqual(
                        digest(token).getBytes(StandardCharsets.US_ASCII),
                        digest.getBytes(StandardCharsets.US_ASCII));
    }

    private static SecretKeySpec key(Secret password) {
        byte[] bytes = password.open().getBytes(StandardCharsets.UTF_8);
        return new SecretKeySpec(mac(new SecretKeySpec(PURPOSE, MAC), bytes), MAC);
    }

    private static byte[] mac(SecretKeySpec key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
