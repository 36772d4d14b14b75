package io.gemproxy.server.admin;

import io.gemproxy.emissions.Emissions;
import io.gemproxy.server.authentication.IssuingConfig;
import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.revocation.RevocationList;
import io.gemproxy.server.authentication.revocation.Revocations;
import io.gemproxy.server.authentication.signing.RingState;
import io.gemproxy.server.authentication.signing.SigningRing;
import io.gemproxy.server.exchange.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Real tokens, revocations and secrets over a disk that a test can break. */
final class FakeTokenDesk {
    static final String SECRET =
            Emissions.OF_THIS_RUN.secret(
                    "the signing secret of the desk", "dEsK-7vN3xT5bW1rK7mJ4cHq9Zs2LpYfUe8");

    boolean diskFails;
    private final TokenDesk desk;

    FakeTokenDesk(Instant now) {
        InstantSource clock = InstantSource.fixed(now);
        Random random = new Random(5);
        SigningRing ring =
                new SigningRing(
                        RingState.EMPTY,
                        Optional.of(Secret.of(SECRET)),
                        new IssuingConfig(
                                Duration.ofDays(90),
                                Duration.ofMinutes(15),
                                Optional.empty(),
                                Optional.empty()),
                        _ -> keep(),
                        random,
                        clock);
        desk =
                new TokenDesk(
                        new TokenIssuer(ring, random, clock),
                        Duration.ofDays(90),
                        new Revocations(
                                RevocationList.EMPTY,
                                _ -> List.of("sha256:00"),
                                _ -> keep(),
                                clock),
                        ring);
    }

    TokenDesk desk() {
        return desk;
    }

    private void keep() throws IOException {
        if (diskFails) {
            throw new IOException("the disk fails");
        }
    }
}
