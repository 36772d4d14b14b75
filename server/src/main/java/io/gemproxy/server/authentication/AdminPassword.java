package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Function;

/** The check of the admin password; takes the same time whatever is presented. */
public final class AdminPassword {
    /** Stands where no password is configured, so that this takes as long. */
    private static final byte[] NONE = new byte[32];

    private final Optional<byte[]> password;
    private final Function<Secret, byte[]> digest;

    /** Without a configured password every attempt fails. */
    public AdminPassword(AuthenticationConfig config) {
        this(config, AdminPassword::sha256);
    }

    /**
     * @param digest all that takes time here; asked once for each attempt, whatever is configured
     */
    AdminPassword(AuthenticationConfig config, Function<Secret, byte[]> digest) {
        this.digest = digest;
        this.password = config.adminPassword().map(digest);
    }

    /** True if a password is configured and {@code presented} is it. */
    public boolean matches(Secret presented) {
        // digests first: isEqual on them tells nothing of the length
        boolean same = MessageDigest.isEqual(password.orElse(NONE), digest.apply(presented));
        return same && password.isPresent();
    }

    private static byte[] sha256(Secret secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.open().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
