package io.gemproxy.server.authentication.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PasswordLoginTest {
    private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
    private static final SessionConfig CONFIG =
            new SessionConfig(Duration.ofDays(1), Duration.ofHours(1), 5, Duration.ofMinutes(15));
    private static final Secret SIGNING =
            secret("the secret that signs for logins", "l0gin-signing-Zq8vN3xT5bW1rK7mJ4cHq9");
    private static final Secret PASSWORD = secret("the password to log in", "l0gin-Pa55-Zq8vN3");
    private static final Secret ANOTHER = secret("the next one", "l0gin-next-bW1rK7mJ");

    /** What happens between the look at the password and the session. */
    private Runnable meanwhile = () -> {};

    private final AdminSessions sessions =
            new AdminSessions(
                    SessionList.EMPTY,
                    CONFIG,
                    configured(PASSWORD),
                    new TokenIssuer(SIGNING, new Random(3), () -> NOW),
                    _ -> {},
                    new Random(8),
                    () -> {
                        Runnable once = meanwhile;
                        meanwhile = () -> {};
                        once.run();
                        return NOW;
                    });
    private final PasswordLogin login =
            new PasswordLogin(configured(PASSWORD), CONFIG, sessions, () -> 0);

    @Test
    void aSessionIsNotOpenedWithAPasswordThatWasReplacedMeanwhile() throws IOException {
        meanwhile = () -> replace(ANOTHER);
        assertEquals(new LoginOutcome.Wrong(false, false), login(PASSWORD));
        assertEquals(List.of(), sessions.list());
        assertInstanceOf(LoginOutcome.Opened.class, login(ANOTHER));
    }

    @Test
    void aReloadThatLeavesThePasswordLeavesTheLogin() throws IOException {
        meanwhile = () -> replace(PASSWORD);
        assertInstanceOf(LoginOutcome.Opened.class, login(PASSWORD));
        assertEquals(1, sessions.list().size());
    }

    private LoginOutcome login(Secret password) throws IOException {
        return login.login(password, "192.0.2.1", Optional.empty());
    }

    /** As a reload does it. */
    private void replace(Secret password) {
        login.reconfigure(configured(password), CONFIG);
        sessions.reconfigure(CONFIG, configured(password));
    }

    private static AuthenticationConfig configured(Secret password) {
        return new AuthenticationConfig(
                true, Optional.of(SIGNING), List.of(), Duration.ZERO, Optional.of(password));
    }

    private static Secret secret(String name, String value) {
        return Secret.of(Emissions.OF_THIS_RUN.secret(name, value));
    }
}
