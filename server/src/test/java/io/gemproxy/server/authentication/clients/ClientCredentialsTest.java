package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.AuthenticationConfig;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.TokenGrant;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
import io.gemproxy.server.exchange.Role;
import io.gemproxy.server.exchange.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class ClientCredentialsTest {
    private static final ClientId CI = new ClientId("ci");
    private static final ClientKey SECRET =
            ClientKey.make(ClientKey.Kind.OAUTH_SECRET, new SplittableRandom(9));

    private static final Secret SIGNING =
            Secret.of(
                    Emissions.OF_THIS_RUN.secret(
                            "a secret that signs", "grant-Hq8vN3xT5bW1rK7mJ4cHw2Zs9LpYfUe"));

    private static DeclaredClients declared() {
        return new DeclaredClients(
                List.of(
                        new ClientConfig(
                                CI, Entitlement.ALL, List.of(), List.of(SECRET.digest()))));
    }

    private static Outcome grant(Predicate<String> revoked) {
        Emissions.OF_THIS_RUN.secret("a secret for a grant", SECRET.told());
        return new ClientCredentials(
                        declared(),
                        revoked,
                        new TokenIssuer(SIGNING, new SplittableRandom(4), InstantSource.system()),
                        Duration.ofMinutes(15),
                        () -> 0)
                .grant(CI, SECRET.secret(), Optional.empty(), "192.0.2.1");
    }

    @Test
    void aSecretBuysAToken() {
        assertInstanceOf(Outcome.Granted.class, grant(_ -> false));
    }

    @Test
    void aSecretThatIsRevokedWhileItsTokenIsMadeBuysNone() {
        AtomicInteger asked = new AtomicInteger();
        assertEquals(
                new Outcome.Unknown("OAUTH_SECRET_REVOKED"),
                grant(_ -> asked.getAndIncrement() > 0));
    }

    @Test
    void aTokenThatWasBoughtEndsWithTheDeclarationThatBoundsIt() {
        DeclaredClients declared = declared();
        ClientAuthentication door = door(declared);
        Outcome.Granted granted = assertInstanceOf(Outcome.Granted.class, grant(_ -> false));
        Secret bought = Secret.of(Emissions.OF_THIS_RUN.secret("a bought token", granted.told()));
        assertInstanceOf(Authenticated.class, door.authenticate(bought));
        declared.reconfigure(List.of());
        assertEquals(new Refused("OAUTH_CLIENT_UNKNOWN"), door.authenticate(bought));
    }

    @Test
    void aTokenThatSomebodyIssuedNeedsNoDeclaration() {
        String issued =
                new TokenIssuer(SIGNING, new SplittableRandom(5), InstantSource.system())
                        .issue(TokenGrant.of("ci", Duration.ofMinutes(1), Role.CLIENT));
        Secret token = Secret.of(Emissions.OF_THIS_RUN.secret("an issued token", issued));
        assertInstanceOf(
                Authenticated.class, door(new DeclaredClients(List.of())).authenticate(token));
    }

    private static ClientAuthentication door(DeclaredClients declared) {
        return new ClientAuthentication(
                new TokenVerifier(
                        new AuthenticationConfig(
                                true,
                                Optional.of(SIGNING),
                                List.of(),
                                Duration.ZERO,
                                Optional.empty()),
                        InstantSource.system()),
                declared,
                RevocationCheck.NONE,
                _ -> false);
    }
}
