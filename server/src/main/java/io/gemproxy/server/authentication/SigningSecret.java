package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A shared secret that signs and verifies HS256, HS384 and HS512 tokens.
 *
 * @param kid its name in the header of tokens: 1 to 64 letters, digits, {@code .}, {@code _},
 *     {@code -}
 * @param secret its UTF-8 bytes are the key; at least 32 of them
 * @param createdAt when it was made; the epoch where nobody knows
 * @param status whether new tokens are signed with it
 */
public record SigningSecret(String kid, Secret secret, Instant createdAt, Status status) {
    /** The name of the secret that stands in the configuration. */
    public static final String CONFIGURED = "configured";

    private static final Pattern KID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** What a secret is still good for. */
    public enum Status {
        /** Signs new tokens and verifies. */
        ACTIVE,
        /** Only verifies what it has signed before. */
        VERIFYING
    }

    /**
     * @throws IllegalArgumentException if the name has another form
     */
    public SigningSecret {
        if (!KID.matcher(kid).matches()) {
            throw new IllegalArgumentException("not a name of a signing secret");
        }
    }
}
