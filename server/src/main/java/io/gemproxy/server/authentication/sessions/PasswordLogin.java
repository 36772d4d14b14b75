package io.gemproxy.server.authentication.sessions;

import io.gemproxy.server.authentication.AdminPassword;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The login with the admin password. */
public final class PasswordLogin {
    private final AdminSessions sessions;
    private final LongSupplier nanoTime;
    private volatile AdminPassword password;
    private volatile Gate gate;

    /** The locks of one configuration. */
    private record Gate(SessionConfig config, LoginGate locks) {}

    /**
     * @param sessions where a right password opens one
     * @param nanoTime monotonic clock, for lockouts
     */
    public PasswordLogin(
            AuthenticationConfig authentication,
            SessionConfig config,
            AdminSessions sessions,
            LongSupplier nanoTime) {
        this.sessions = sessions;
        this.nanoTime = nanoTime;
        this.password = new AdminPassword(authentication);
        this.gate = new Gate(config, new LoginGate(config, nanoTime));
    }

    /** The settings that hold now. */
    public SessionConfig config() {
        return gate.config();
    }

    /** Takes over other settings; vain logins are forgotten only if what they lead to changes. */
    public synchronized void reconfigure(AuthenticationConfig authentication, SessionConfig next) {
        password = new AdminPassword(authentication);
        SessionConfig before = gate.config();
        boolean same =
                before.maxAttempts() == next.maxAttempts()
                        && before.lockout().equals(next.lockout());
        gate = new Gate(next, same ? gate.locks() : new LoginGate(next, nanoTime));
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
        LoginGate locks = gate.locks();
        return switch (locks.begin(address)) {
            case LoginGate.Turn.LockedOut locked ->
                    new LoginOutcome.LockedOut(locked.remaining(), locked.first());
            case LoginGate.Turn.Allowed turn -> {
                AdminPassword asked = password;
                if (!asked.matches(presented)) {
                    yield new LoginOutcome.Wrong(turn.addressLocks(), turn.accountLocks());
                }
                locks.succeeded(address);
                SessionTokens opened = sessions.open(address, userAgent);
                yield holdsStill(asked, presented) ? new LoginOutcome.Opened(opened) : over(opened);
            }
        };
    }

    /** Another password may have ended all sessions before this one was there. */
    private boolean holdsStill(AdminPassword asked, Secret presented) {
        AdminPassword present = password;
        return present == asked || present.matches(presented);
    }

    private LoginOutcome over(SessionTokens opened) throws IOException {
        sessions.end(opened.session().id());
        return new LoginOutcome.Wrong(false, false);
    }
}
