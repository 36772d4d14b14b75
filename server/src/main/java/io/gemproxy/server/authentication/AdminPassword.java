package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/** The check of the admin password; takes the same time whatever is presented. */
public final class AdminPassword {
    /** Stands where no password is configured, so that this takes as long. */
    private static final byte[] NONE = new byte[32];

    private final Optional<byte[]> password;

    /** Without a configured password every attempt fails. */
    public AdminPassword(AuthenticationConfig config) {
        this.password = config.adminPassword().map(AdminPassword::digest);
    }

    /** True if a password is configured and {@code presented} is it. */
    public boolean matches(Secret presented) {
        // digests first: isEqual on them tells nothing of the length
        boolean same = MessageDigest.isEqual(password.orElse(NONE), digest(presented));
        return same && password.isPresent();
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
