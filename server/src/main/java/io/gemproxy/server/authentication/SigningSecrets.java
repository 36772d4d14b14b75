package io.gemproxy.server.authentication;

import io.gemproxy.server.exchange.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The signing secrets of one moment. Never changed: a rotation makes another one, by which a
 * verifier sees that what it remembers must be thought over.
 *
 * @param secrets each with a name of its own; at most one is active
 */
public record SigningSecrets(List<SigningSecret> secrets) {
    /** Nothing can be signed or verified. */
    public static final SigningSecrets NONE = new SigningSecrets(List.of());

    /**
     * @throws IllegalArgumentException if a name appears twice or more than one is active
     */
    public SigningSecrets {
        secrets = List.copyOf(secrets);
        if (secrets.stream().map(SigningSecret::kid).distinct().count() != secrets.size()) {
            throw new IllegalArgumentException("two signing secrets have one name");
        }
        if (secrets.stream().filter(SigningSecrets::isActive).count() > 1) {
            throw new IllegalArgumentException("more than one signing secret is active");
        }
    }

    /** The secret of the configuration alone, if there is one. */
    public static SigningSecrets configured(Optional<Secret> secret) {
        return secret.map(it ->
                        new SigningSecrets(
                                List.of(
                                        new SigningSecret(
                                                SigningSecret.CONFIGURED,
                                                it,
                                                Instant.EPOCH,
                                                SigningSecret.Status.ACTIVE))))
                .orElse(NONE);
    }

    /** The one that signs new tokens. */
    public Optional<SigningSecret> active() {
        return secrets.stream().filter(SigningSecrets::isActive).findFirst();
    }

    /** The one a token names; a token without {@code kid} is meant for the configured one. */
    public Optional<SigningSecret> of(Optional<String> kid) {
        String name = kid.orElse(SigningSecret.CONFIGURED);
        return secrets.stream().filter(secret -> secret.kid().equals(name)).findFirst();
    }

    private static boolean isActive(SigningSecret secret) {
        return secret.status() == SigningSecret.Status.ACTIVE;
    }
}
