package io.gemproxy.server.authentication.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.ClientConfig;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.clients.ClientCredentials.Outcome;
import io.gemproxy.server.exchange.ClientId;
import io.gemproxy.server.exchange.Entitlement;
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

    private static Outcome grant(Predicate<String> revoked) {
        Emissions.OF_THIS_RUN.secret("a secret for a grant", SECRET.told());
        InstantSource clock = InstantSource.system();
        return new ClientCredentials(
                        new DeclaredClients(
                                List.of(
                                        new ClientConfig(
                                                CI,
                                                Entitlement.ALL,
                                                List.of(),
                                                List.of(SECRET.digest())))),
                        revoked,
                        new TokenIssuer(
                                Secret.of(
                                        Emissions.OF_THIS_RUN.secret(
                                                "a secret that signs",
                                                "grant-Hq8vN3xT5bW1rK7mJ4cHw2Zs9LpYfUe")),
                                new SplittableRandom(4),
                                clock),
                        Duration.ofMinutes(15),
                        clock,
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
}
