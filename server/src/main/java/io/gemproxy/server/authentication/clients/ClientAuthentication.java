package io.gemproxy.server.authentication.clients;

import io.gemproxy.server.authentication.AuthenticationResult;
import io.gemproxy.server.authentication.AuthenticationResult.Authenticated;
import io.gemproxy.server.authentication.AuthenticationResult.Refused;
import io.gemproxy.server.authentication.RevocationCheck;
import io.gemproxy.server.authentication.TokenVerifier;
import io.gemproxy.server.exchange.Client;
import io.gemproxy.server.exchange.Secret;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who presents a credential on the proxy port: a token, or the static key of a declared client.
 *
 * <p>A token whose {@code sub} is a declared client may do what both say: models and operations
 * must be allowed by both, of two limits the lower holds.
 */
public final class ClientAuthentication {
    private final TokenVerifier verifier;
    private final DeclaredClients declared;
    private final RevocationCheck revocations;
    private final Predicate<String> revokedCredential;

    /**
     * @param revocations of tokens; the verifier asks it by itself
     * @param revokedCredential whether the key of that digest was taken back
     */
    public ClientAuthentication(
            TokenVerifier verifier,
            DeclaredClients declared,
            RevocationCheck revocations,
            Predicate<String> revokedCredential) {
        this.verifier = verifier;
        this.declared = declared;
        this.revocations = revocations;
        this.revokedCredential = revokedCredential;
    }

    /** Checks a credential as the client sent it, without scheme or parameter name. */
    public AuthenticationResult authenticate(Secret credential) {
        return ClientKey.isMeant(ClientKey.Kind.KEY, credential)
                ? byKey(credential)
                : bounded(verifier.verify(credential));
    }

    /** Whether a client that was let in at that time has since been taken back. */
    public boolean isRevokedSince(Client client, Instant admitted) {
        return revocations.revoked(client, Optional.of(admitted));
    }

    private AuthenticationResult byKey(Secret credential) {
        Optional<ClientKey> key = ClientKey.of(ClientKey.Kind.KEY, credential);
        if (key.isEmpty()) {
            return new Refused("CLIENT_KEY_MALFORMED");
        }
        if (revokedCredential.test(key.get().digest())) {
            return new Refused("CLIENT_KEY_REVOKED");
        }
        return declared.byKey(key.get())
                .<AuthenticationResult>map(Authenticated::new)
                .orElseGet(() -> new Refused("CLIENT_KEY_UNKNOWN"));
    }

    private AuthenticationResult bounded(AuthenticationResult result) {
        return switch (result) {
            case Refused refused -> refused;
            case Authenticated(Client client) ->
                    declared.entitlement(client.id())
                            .<AuthenticationResult>map(
                                    bound -> new Authenticated(client.boundedBy(bound)))
                            .orElseGet(() -> undeclared(client));
        };
    }

    /** What a token from {@code POST /oauth/token} allows stands in the declaration alone. */
    private static AuthenticationResult undeclared(Client client) {
        return client.tokenId().filter(ClientCredentials::isTokenId).isPresent()
                ? new Refused("OAUTH_CLIENT_UNKNOWN")
                : new Authenticated(client);
    }
}
