package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The check of the admin password; takes the same time whatever is presented. */
public final class AdminPassword {
    private final Optional<Secret> password;

    /** Without a configured password every attempt fails. */
    public AdminPassword(AuthenticationConfig config) {
        this.password = config.adminPassword();
    }

    /** True if a password is configured and {@code presented} is it. */
    public boolean matches(Secret presented) {
        // digests first: isEqual on them tells nothing of the length
        return password.filter(
                        expected -> MessageDigest.isEqual(digest(expected), digest(presented)))
                .isPresent();
    }

    private static byte[] digest(Secret secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.open().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
