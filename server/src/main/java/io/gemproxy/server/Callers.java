package io.gemproxy.server;

import io.gemproxy.server.audit.AuditLog;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.authentication.TrustedIssuers;
import io.gemproxy.server.authentication.clients.ClientAuthentication;
import io.gemproxy.server.authentication.sessions.AdminSessions;
import io.gemproxy.server.authentication.sessions.PasswordLogin;
import io.gemproxy.server.config.GemproxyConfig;
import java.io.IOException;
import java.util.Optional;

/**
 * Who may call, on either port.
 *
 * @param trust who is trusted and by what
 * @param issuers who else is
 * @param sessions who is logged in
 * @param login how one logs in
 * @param revocations of tokens, by either
 * @param verifier judges tokens of clients and admins
 */
record Callers(
        Trust trust,
        TrustedIssuers issuers,
        AdminSessions sessions,
        PasswordLogin login,
        RevocationCheck revocations,
        TokenVerifier verifier) {
    static Callers open(GemproxyConfig config, AuditLog audit, Platform platform, Closing closing)
            throws IOException {
        Trust trust = Trust.open(config, platform.random(), platform.clock());
        trust.ring().remember();
        trust.offline().tell(audit);
        closing.later(
                SigningRotation.start(
                        trust.ring(), config.issuing().maxKeyAge(), audit, platform.clock()));
        AdminSessions sessions = KeptSessions.open(config, trust.issuer(), platform);
        RevocationCheck revocations =
                (client, issuedAt) ->
                        trust.revocations().revoked(client, issuedAt)
                                || sessions.revoked(client, issuedAt);
        TrustedIssuers issuers =
                new TrustedIssuers(
                        config.authentication().issuers(),
                        closing.later(new KeySetPlaces()),
                        platform.nanoTime());
        issuers.readAhead();
        TokenVerifier verifier =
                new TokenVerifier(
                        config.authentication().clockSkew(),
                        trust.ring(),
                        issuers,
                        revocations,
                        TokenVerifier.REMEMBERED,
                        platform.clock());
        PasswordLogin login =
                new PasswordLogin(
                        config.authentication(), config.sessions(), sessions, platform.nanoTime());
        return new Callers(trust, issuers, sessions, login, revocations, verifier);
    }

    /** What clients are asked for; nothing where authentication is switched off. */
    Optional<ClientAuthentication> ofClients(GemproxyConfig config) {
        return config.authentication().enabled()
                ? Optional.of(
                        new ClientAuthentication(
                                verifier,
                                trust.declared(),
                                revocations,
                                trust.revocations()::revoked))
                : Optional.empty();
    }
}
