package io.gemproxy.server;

import io.gemproxy.server.authentication.TokenIssuer;
import io.gemproxy.server.authentication.clients.ClientCredentials;
import io.gemproxy.server.authentication.clients.DeclaredClients;
import io.gemproxy.server.authentication.revocation.RevocationList;
import io.gemproxy.server.authentication.revocation.Revocations;
import io.gemproxy.server.authentication.signing.RingState;
import io.gemproxy.server.authentication.signing.SigningRing;
import io.gemproxy.server.config.GemproxyConfig;
import io.gemproxy.server.state.DurableFile;
import java.io.IOException;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Who is trusted and by what: declared clients, what was taken back, the secrets that sign. The
 * server has one, and so has the command line where no server runs; whoever changes it holds the
 * lock of the state directory.
 *
 * @param declared the clients of the configuration
 * @param revocations what was taken back
 * @param ring the signing secrets
 * @param issuer mints tokens with the ring
 * @param offline what was done while no server ran
 */
public record Trust(
        DeclaredClients declared,
        Revocations revocations,
        SigningRing ring,
        TokenIssuer issuer,
        OfflineActions offline) {
    private static final String REVOCATIONS = "revocations.json";
    private static final String RING = "signing-keys.json";

    /**
     * Reads what is kept in {@code state.dir}.
     *
     * @param random cryptographically strong
     * @throws IOException if it cannot be read, or is damaged: who was revoked must not be guessed
     */
    public static Trust open(GemproxyConfig config, RandomGenerator random, InstantSource clock)
            throws IOException {
        DurableFile<RevocationList> revoked =
                DurableFile.in(config.state().dir(), REVOCATIONS, RevocationList.class);
        DurableFile<RingState> secrets =
                DurableFile.in(config.state().dir(), RING, RingState.class);
        DeclaredClients declared = new DeclaredClients(config.clients());
        Revocations revocations =
                new Revocations(
                        revoked.read().orElse(RevocationList.EMPTY),
                        declared::credentials,
                        revoked::replace,
                        clock);
        SigningRing ring =
                new SigningRing(
                        secrets.read().orElse(RingState.EMPTY),
                        config.authentication().jwtSecret(),
                        config.issuing(),
                        secrets::replace,
                        random,
                        clock);
        return new Trust(
                declared,
                revocations,
                ring,
                new TokenIssuer(ring, random, clock),
                new OfflineActions(config.state().dir(), clock));
    }

    /** What serves the client-credentials grant. */
    ClientCredentials grants(GemproxyConfig config, Platform platform) {
        return new ClientCredentials(
                declared,
                revocations::revoked,
                issuer,
                config.issuing().oauthLifetime(),
                platform.nanoTime());
    }
}
