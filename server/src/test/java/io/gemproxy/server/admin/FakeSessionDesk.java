package io.gemproxy.server.admin;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.PasswordLogin;
import io.gemproxy.server.authentication.sessions.Session;
import io.gemproxy.server.authentication.sessions.SessionConfig;
import io.gemproxy.server.authentication.sessions.SessionList;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;

/** Real logins and sessions over a disk that a test can break. */
final class FakeSessionDesk {
    static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the admin password of the desk", "d3sk-Pa55-w0rd-7vN3xT");

    boolean diskFails;
    private final SessionDesk desk;
    private final TokenVerifier verifier;

    FakeSessionDesk(TokenDesk tokens, Instant now, LongSupplier nanoTime) {
        InstantSource clock = InstantSource.fixed(now);
        AuthenticationConfig authentication =
                new AuthenticationConfig(
                        true,
                        Optional.of(Secret.of(FakeTokenDesk.SECRET)),
                        List.of(),
                        Duration.ZERO,
                        Optional.of(Secret.of(PASSWORD)));
        SessionConfig config =
                new SessionConfig(
                        Duration.ofHours(12), Duration.ofHours(1), 3, Duration.ofMinutes(15));
        AdminSessions sessions =
                new AdminSessions(
                        SessionList.EMPTY,
                        config,
                        authentication,
                        tokens.issuer(),
                        _ -> keep(),
                        new Random(7),
                        clock);
        desk =
                new SessionDesk(
                        new PasswordLogin(authentication, config, sessions, nanoTime), sessions);
        verifier =
                new TokenVerifier(
                        Duration.ZERO, tokens.ring(), TrustedIssuers.NONE, sessions, 10, clock);
    }

    SessionDesk desk() {
        return desk;
    }

    AdminAuthenticator.Decision judge(String token) {
        return switch (verifier.verify(token)) {
            case AuthenticationResult.Refused _ -> new AdminAuthenticator.Decision.Refused();
            case AuthenticationResult.Authenticated it ->
                    new AdminAuthenticator.Decision.Granted(
                            it.client().id(),
                            it.client().tokenId().flatMap(desk.sessions()::use).map(Session::id));
        };
    }

    private void keep() throws IOException {
        if (diskFails) {
            throw new IOException("the disk fails");
        }
    }
}
