package io.gemproxy.server.authentication.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.SigningSecrets;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdminSessionsTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final SessionConfig CONFIG =
            new SessionConfig(Duration.ofDays(20), IDLE, 5, Duration.ofMinutes(15));
    private static final String PASSWORD =
            Emissions.OF_THIS_RUN.secret("the password of sessions", "s3ss-Pa55-w0rd-Zq8vN3");
    private static final String ANOTHER =
            Emissions.OF_THIS_RUN.secret("the later password", "an0ther-Pa55-bW1rK7mJ");
    private static final String SIGNING =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret of sessions", "s3ss-signing-Zq8vN3xT5bW1rK7mJ4cHq9");

    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private SessionList kept = SessionList.EMPTY;
    private int writes;
    private final AdminSessions sessions = sessions(PASSWORD);

    @Test
    void everyLoginHasAnIdAndTokensOfItsOwn() throws IOException {
        SessionTokens one = open();
        SessionTokens two = open();
        assertNotEquals(one.session().id(), two.session().id());
        assertNotEquals(one.access(), two.access());
        assertNotEquals(one.refresh(), two.refresh());
    }

    @Test
    void ofTokensOnlyDigestsAreKept() throws IOException {
        SessionTokens tokens = open();
        String disk = kept.toString();
        assertFalse(disk.contains(tokens.access()));
        assertFalse(disk.contains(tokens.refresh().substring(tokens.refresh().indexOf('.') + 1)));
    }

    @Test
    void aSessionOutlivesTheServer() throws IOException {
        SessionTokens tokens = open();
        AdminSessions next = sessions(PASSWORD);
        assertTrue(holds(next, tokens));
        assertInstanceOf(RefreshOutcome.Refreshed.class, next.refresh(Secret.of(tokens.refresh())));
    }

    @Test
    void anotherPasswordEndsAllSessionsOfTheFirst() throws IOException {
        SessionTokens tokens = open();
        AdminSessions next = sessions(ANOTHER);
        assertFalse(holds(next, tokens));
        assertInstanceOf(RefreshOutcome.Unknown.class, next.refresh(Secret.of(tokens.refresh())));
    }

    @Test
    void anEndIsOnDisk() throws IOException {
        SessionTokens tokens = open();
        assertTrue(sessions.end(tokens.session().id()));
        assertFalse(holds(sessions, tokens));
        assertFalse(holds(sessions(PASSWORD), tokens));
        assertFalse(sessions.end(tokens.session().id()));
    }

    @Test
    void whatNobodyUsesEnds() throws IOException {
        SessionTokens used = open();
        SessionTokens idle = open();
        now = now.plus(IDLE).minusMillis(1);
        assertTrue(holds(sessions, used));
        now = now.plusMillis(1);
        assertTrue(holds(sessions, used));
        assertFalse(holds(sessions, idle));
        assertEquals(1, sessions.list().size());
        assertInstanceOf(RefreshOutcome.Unknown.class, sessions.refresh(Secret.of(idle.refresh())));
    }

    @Test
    void noUseKeepsASessionLongerThanThirtyDays() throws IOException {
        SessionTokens tokens = open();
        Instant end = now.plus(AdminSessions.LONGEST);
        while (now.plus(IDLE).isBefore(end)) {
            now = now.plus(IDLE.minusSeconds(1));
            tokens = refreshed(tokens);
            assertTrue(holds(sessions, tokens));
            assertFalse(tokens.accessExpiresAt().isAfter(end));
        }
        now = end;
        assertFalse(holds(sessions, tokens));
    }

    @Test
    void aRefreshTokenShownTwiceEndsTheSession() throws IOException {
        SessionTokens first = open();
        SessionTokens second = refreshed(first);
        assertFalse(holds(sessions, first));
        assertTrue(holds(sessions, second));
        assertEquals(
                new RefreshOutcome.Reused(first.session().id()),
                sessions.refresh(Secret.of(first.refresh())));
        assertFalse(holds(sessions, second));
        assertInstanceOf(
                RefreshOutcome.Unknown.class, sessions.refresh(Secret.of(second.refresh())));
    }

    @Test
    void useIsWrittenNowAndThenOnly() throws IOException {
        SessionTokens tokens = open();
        int before = writes;
        for (int second = 0; second < IDLE.toSeconds(); second++) {
            now = now.plusSeconds(1);
            holds(sessions, tokens);
        }
        assertTrue(writes - before >= 3 && writes - before <= 4, "" + (writes - before));
    }

    @Test
    void theIdlestGivesWay() throws IOException {
        SessionTokens idlest = open();
        now = now.plusSeconds(1);
        IntStream.range(0, AdminSessions.MOST).forEach(_ -> openUnchecked());
        assertEquals(AdminSessions.MOST, sessions.list().size());
        assertFalse(holds(sessions, idlest));
    }

    private SessionTokens open() throws IOException {
        return sessions.open("127.0.0.1", Optional.of("test"));
    }

    private void openUnchecked() {
        try {
            open();
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private SessionTokens refreshed(SessionTokens tokens) throws IOException {
        return assertInstanceOf(
                        RefreshOutcome.Refreshed.class,
                        sessions.refresh(Secret.of(tokens.refresh())))
                .tokens();
    }

    /** As the admin port asks: the signature first, then the session. */
    private boolean holds(AdminSessions at, SessionTokens tokens) {
        SigningSecrets secrets = SigningSecrets.configured(Optional.of(Secret.of(SIGNING)));
        TokenVerifier verifier =
                new TokenVerifier(
                        Duration.ZERO, () -> secrets, TrustedIssuers.NONE, at, 10, () -> now);
        return verifier.verify(tokens.access()) instanceof AuthenticationResult.Authenticated it
                && at.use(it.client().tokenId().orElseThrow()).isPresent();
    }

    private AdminSessions sessions(String password) {
        InstantSource clock = () -> now;
        AuthenticationConfig authentication =
                new AuthenticationConfig(
                        true,
                        Optional.of(Secret.of(SIGNING)),
                        List.of(),
                        Duration.ZERO,
                        Optional.of(Secret.of(password)));
        return new AdminSessions(
                kept,
                CONFIG,
                authentication,
                new TokenIssuer(Secret.of(SIGNING), new Random(3), clock),
                list -> {
                    kept = list;
                    writes++;
                },
                new Random(password.hashCode()),
                clock);
    }
}
