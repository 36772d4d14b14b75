package io.gemproxy.server.authentication.sessions;

import io.gemproxy.server.authentication.AdminPassword;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The login with the admin password. */
public final class PasswordLogin {
    private final AdminPassword password;
    private final LoginGate gate;
    private final AdminSessions sessions;

    /**
     * @param sessions where a right password opens one
     * @param nanoTime monotonic clock, for lockouts
     */
    public PasswordLogin(
            AuthenticationConfig authentication,
            SessionConfig config,
            AdminSessions sessions,
            LongSupplier nanoTime) {
        this.password = new AdminPassword(authentication);
        this.gate = new LoginGate(config, nanoTime);
        this.sessions = sessions;
    }

    /**
     * Tries a password.
     *
     * @param address where the try comes from
     * @param userAgent what the program calls itself
     * @throws IOException if the password is right but the session cannot be kept; there is none
     */
    public LoginOutcome login(Secret presented, String address, Optional<String> userAgent)
            throws IOException {
        return switch (gate.begin(address)) {
            case LoginGate.Turn.LockedOut locked ->
                    new LoginOutcome.LockedOut(locked.remaining(), locked.first());
            case LoginGate.Turn.Allowed turn -> {
                if (!password.matches(presented)) {
                    yield new LoginOutcome.Wrong(turn.addressLocks(), turn.accountLocks());
                }
                gate.succeeded(address);
                yield new LoginOutcome.Opened(sessions.open(address, userAgent));
            }
        };
    }
}
