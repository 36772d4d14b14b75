package io.gemproxy.server.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.exchange.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a look at the admin password costs does not depend on what there is to be found. */
final class AdminPasswordTest {
    private static final String RIGHT =
            Emissions.OF_THIS_RUN.secret("the admin password", "even-Pa55-Zq8vN3xT5bW1r");

    private final AtomicInteger digests = new AtomicInteger();

    private AdminPassword password(Optional<String> configured) {
        AdminPassword password =
                new AdminPassword(
                        new AuthenticationConfig(
                                true,
                                Optional.of(
                                        Secret.of(
                                                Emissions.OF_THIS_RUN.secret(
                                                        "a secret that signs",
                                                        "even-sign-Zq8vN3xT5bW1rK7mJ4cHw2Z"))),
                                List.of(),
                                Duration.ZERO,
                                configured.map(Secret::of)),
                        this::digest);
        digests.set(0);
        return password;
    }

    /** As wide as a real one. */
    private byte[] digest(Secret secret) {
        digests.incrementAndGet();
        return Arrays.copyOf(secret.open().getBytes(StandardCharsets.UTF_8), 32);
    }

    @Test
    void eachAttemptIsDigestedOnceWhateverIsConfiguredOrPresented() {
        String almost = RIGHT.substring(1) + "x";
        for (Optional<String> configured : List.of(Optional.of(RIGHT), Optional.<String>empty())) {
            for (String presented : List.of(RIGHT, almost, "", "x".repeat(1_000))) {
                AdminPassword password = password(configured);
                assertEquals(
                        configured.isPresent() && presented.equals(RIGHT),
                        password.matches(Secret.of(presented)));
                assertEquals(1, digests.get());
            }
        }
    }
}
